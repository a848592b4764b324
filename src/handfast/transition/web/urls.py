"""Where the pages of transition are."""

from __future__ import annotations

from django.urls import path

from handfast.transition.web.views import (
    activities,
    adding,
    baseline,
    changes,
    covers,
    demand,
    exports,
    frame,
    moving,
    offers,
    outlook,
    plans,
    status,
    weeks,
    work,
    year,
)

app_name = "transition"
HERE = "engagements/<uuid:engagement>/plan"
ACTIVITY = f"{HERE}/activities/<uuid:activity>"
urlpatterns = [
    path("my-work/", work.work, name="work"),
    path(f"{HERE}/", plans.plan, name="plan"),
    path(f"{HERE}/new/", plans.make, name="make"),
    path(f"{ACTIVITY}/", activities.activity, name="activity"),
    path(f"{ACTIVITY}/change/", activities.change, name="change"),
    path(f"{ACTIVITY}/effect/", moving.effect, name="effect"),
    path(f"{HERE}/undo/<uuid:last>/", moving.undo, name="undo"),
    path(f"{ACTIVITY}/progress/", activities.progress, name="progress"),
    path(f"{HERE}/activities/new/", adding.add, name="add"),
    path(f"{ACTIVITY}/remove/", adding.remove, name="remove"),
    path(f"{ACTIVITY}/links/new/", adding.link, name="link"),
    path(f"{HERE}/links/<uuid:link>/remove/", adding.unlink, name="unlink"),
    path(f"{HERE}/calendars/", frame.frame, name="frame"),
    path(f"{HERE}/calendars/start/", frame.start, name="start"),
    path(f"{HERE}/calendars/own/", frame.calendar, name="calendar"),
    path(f"{HERE}/calendars/people/", frame.people, name="people"),
    path(f"{HERE}/freezes/new/", frame.freeze, name="freeze"),
    path(f"{HERE}/freezes/<uuid:freeze>/lift/", frame.lift, name="lift"),
    path(f"{HERE}/baseline/propose/", baseline.propose, name="propose_baseline"),
    path(f"{HERE}/baseline/", baseline.agree, name="baseline"),
    path(f"{HERE}/outlook/", outlook.outlook, name="outlook"),
    path(f"{HERE}/outlook/progress/", outlook.outlook_progress, name="outlook_progress"),
    path(f"{HERE}/status/", status.status, name="status"),
    path(f"{HERE}/status/steps/<uuid:step>/", status.override, name="override"),
    path(f"{HERE}/status/said/<uuid:step_status>/lift/", status.lift_override, name="lift_override"),
    path(f"{HERE}/calendar/cover/", covers.cover, name="cover"),
    path(f"{HERE}/calendar/cover/<uuid:cover>/agree/", covers.agree_to_cover, name="agree_to_cover"),
    path(f"{HERE}/weeks/", weeks.weeks, name="weeks"),
    path(f"{HERE}/weeks/readers/new/", weeks.read_weeks, name="read_weeks"),
    path(f"{HERE}/weeks/readers/leave/", weeks.leave_weeks, name="leave_weeks"),
    path(f"{HERE}/weeks/<uuid:week>/", weeks.week, name="week"),
    path(f"{HERE}/weeks/<uuid:week>/slide.pptx", weeks.slide, name="slide"),
    path(f"{HERE}/demand/", demand.demand, name="demand"),
    path(f"{HERE}/demand/export/<str:form>", demand.demand_export, name="demand_export"),
    path(f"{HERE}/calendar/", year.year, name="year"),
    path(f"{HERE}/offered/", offers.offers, name="offers"),
    path(f"{HERE}/offered/<uuid:offered>/", offers.offer, name="offer"),
    path(f"{HERE}/offered/<uuid:offered>/mapping/", offers.mapping, name="offer_mapping"),
    path(f"{HERE}/offered/<uuid:offered>/take/", offers.take, name="offer_take"),
    path(f"{HERE}/export/<str:form>", exports.plan_export, name="plan_export"),
    path(f"{HERE}/changes/", changes.changes, name="changes"),
    path(f"{HERE}/changes/<uuid:change>/<str:verb>/", changes.answer, name="answer_change"),
]
