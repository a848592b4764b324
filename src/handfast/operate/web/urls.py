"""Where the pages of operate are."""

from __future__ import annotations

from django.urls import path

from handfast.operate.web.views import (
    adjustments,
    answers,
    drawers,
    exports,
    figures,
    lists,
    months,
    proposing,
    reported,
    statements,
)

app_name = "operate"
HERE = "engagements/<uuid:engagement>"
MADE = f"{HERE}/statements/<uuid:made>/levels/<str:level>"
urlpatterns = [
    path(f"{HERE}/service-levels/", months.service_levels, name="service_levels"),
    path(f"{HERE}/service-levels/export/<str:form>", lists.service_levels, name="levels_export"),
    path(f"{HERE}/service-levels/reported/export/<str:form>", lists.reported, name="reported_export"),
    path(f"{HERE}/statements/export/<str:form>", lists.statements, name="statements_export"),
    path(f"{HERE}/adjustments/export/<str:form>", lists.adjustments, name="adjustments_export"),
    path(f"{MADE}/export/<str:form>", lists.records, name="records_export"),
    path(f"{HERE}/service-levels/reported/", reported.reported, name="reported"),
    path(
        f"{HERE}/service-levels/reported/<uuid:value>/withdraw/", reported.withdraw, name="withdraw_reported"
    ),
    path(f"{HERE}/service-levels/as-reported/", figures.reported_months, name="reported_months"),
    path(f"{HERE}/service-levels/as-reported/bring-in/", figures.bring_in, name="bring_in_figures"),
    path(
        f"{HERE}/service-levels/as-reported/export/<str:form>", figures.figures_export, name="figures_export"
    ),
    path(
        f"{HERE}/service-levels/as-reported/to-fill-in/<str:form>",
        figures.template_export,
        name="figures_template_export",
    ),
    path(
        f"{HERE}/service-levels/as-reported/<uuid:sheet>/withdraw/", figures.withdraw, name="withdraw_sheet"
    ),
    path(f"{HERE}/statements/", statements.statements, name="statements"),
    path(f"{HERE}/statements/compute/", statements.compute, name="compute"),
    path(f"{HERE}/statements/drafts/<uuid:draft>/issue/", statements.issue, name="issue"),
    path(f"{HERE}/statements/<uuid:statement>/agree/", answers.agree, name="agree"),
    path(f"{HERE}/statements/<uuid:statement>/dispute/", answers.dispute, name="dispute"),
    path(f"{HERE}/statements/<uuid:statement>/body.json", exports.statement_json, name="body"),
    path(f"{HERE}/statements/<uuid:statement>/statement.xlsx", exports.statement_xlsx, name="workbook"),
    path(f"{HERE}/statements/<uuid:statement>/bundle.zip", exports.statement_bundle, name="bundle"),
    path(f"{MADE}/", drawers.level, name="level"),
    path(f"{MADE}/records/<str:record>/", drawers.record, name="record"),
    path(f"{HERE}/statements/<str:period>/", statements.statement, name="statement"),
    path(f"{HERE}/disputes/<uuid:dispute>/withdraw/", answers.withdraw, name="withdraw_dispute"),
    path(f"{HERE}/adjustments/", adjustments.adjustments, name="adjustments"),
    path(f"{HERE}/adjustments/propose/", proposing.propose, name="propose"),
    path(f"{HERE}/adjustments/<uuid:adjustment>/<str:verb>/", adjustments.answer, name="answer"),
]
