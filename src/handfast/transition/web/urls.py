"""Where the pages of transition are."""

from __future__ import annotations

from django.urls import path

from handfast.transition.web.views import activities, changes, outlook, plans

app_name = "transition"
HERE = "engagements/<uuid:engagement>/plan"
ACTIVITY = f"{HERE}/activities/<uuid:activity>"
urlpatterns = [
    path(f"{HERE}/", plans.plan, name="plan"),
    path(f"{HERE}/new/", plans.make, name="make"),
    path(f"{ACTIVITY}/", activities.activity, name="activity"),
    path(f"{ACTIVITY}/change/", activities.change, name="change"),
    path(f"{ACTIVITY}/progress/", activities.progress, name="progress"),
    path(f"{HERE}/outlook/", outlook.outlook, name="outlook"),
    path(f"{HERE}/outlook/progress/", outlook.outlook_progress, name="outlook_progress"),
    path(f"{HERE}/changes/", changes.changes, name="changes"),
    path(f"{HERE}/changes/<uuid:change>/<str:verb>/", changes.answer, name="answer_change"),
]
