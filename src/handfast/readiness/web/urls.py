"""Where the pages of readiness are."""

from __future__ import annotations

from django.urls import path

from handfast.readiness.web.views import criterion, dependencies, gates, readiness, steps

app_name = "readiness"
HERE = "engagements/<uuid:engagement>/readiness"
GATE, DECISION = f"{HERE}/gates/<uuid:gate>", f"{HERE}/decisions/<uuid:decision>"
CRITERION, WAIVER = f"{HERE}/criteria/<uuid:criterion>", f"{HERE}/waivers/<uuid:waiver>"
RELIEF = f"{HERE}/reliefs/<uuid:relief>"
urlpatterns = [
    path(f"{HERE}/", readiness.readiness, name="readiness"),
    path(f"{HERE}/as/<str:form>", readiness.readiness_export, name="readiness_export"),
    path(f"{HERE}/steps/", steps.steps, name="steps"),
    path(f"{HERE}/steps/as/<str:form>", steps.steps_export, name="steps_export"),
    path(f"{HERE}/steps/<slug:step_key>/", steps.step, name="step"),
    path(f"{HERE}/dependencies/", dependencies.dependencies, name="dependencies"),
    path(f"{HERE}/dependencies/as/<str:form>", dependencies.dependencies_export, name="dependencies_export"),
    path(f"{HERE}/dependencies/<uuid:dependency>/relief/", dependencies.relief_ask, name="relief_ask"),
    path(f"{RELIEF}/grant/", dependencies.relief_grant, name="relief_grant"),
    path(f"{RELIEF}/refusal/", dependencies.relief_decline, name="relief_decline"),
    path(f"{RELIEF}/withdrawal/", dependencies.relief_withdraw, name="relief_withdraw"),
    path(f"{HERE}/gates/", gates.gate_add, name="gate_add"),
    path(f"{GATE}/amend/", gates.gate_amend, name="gate_amend"),
    path(f"{GATE}/", gates.gate, name="gate"),
    path(f"{GATE}/criteria/", criterion.criterion_add, name="criterion_add"),
    path(f"{CRITERION}/", criterion.criterion, name="criterion"),
    path(f"{CRITERION}/word/", criterion.criterion_attest, name="criterion_attest"),
    path(f"{CRITERION}/drop/", criterion.criterion_drop, name="criterion_drop"),
    path(f"{CRITERION}/return/", criterion.criterion_take_up, name="criterion_take_up"),
    path(f"{CRITERION}/waiver/", criterion.waiver_ask, name="waiver_ask"),
    path(f"{WAIVER}/approval/", criterion.waiver_approve, name="waiver_approve"),
    path(f"{WAIVER}/refusal/", criterion.waiver_decline, name="waiver_decline"),
    path(f"{WAIVER}/end/", criterion.waiver_end, name="waiver_end"),
    path(f"{DECISION}/signature/", gates.gate_sign, name="gate_sign"),
    path(f"{DECISION}/refusal/", gates.gate_decline, name="gate_decline"),
    path(f"{DECISION}/withdrawal/", gates.gate_withdraw, name="gate_withdraw"),
    path(f"{DECISION}/repeat/", gates.gate_repeat, name="gate_repeat"),
    path(f"{DECISION}/snapshot.json", gates.gate_snapshot, name="gate_snapshot"),
    path(f"{HERE}/conditions/<uuid:condition>/", gates.condition_fulfil, name="condition_fulfil"),
]
