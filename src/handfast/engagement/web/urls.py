"""The addresses of engagements' pages."""

from __future__ import annotations

from django.urls import path

from handfast.engagement.web.views import accesses, engagements, joining, people

app_name = "engagement"
ONE = "engagements/<uuid:engagement>/"
urlpatterns = [
    path("join/<str:secret>/", joining.join, name="join"),
    path("engagements/", engagements.engagements, name="list"),
    path("engagements/export/<str:form>", engagements.engagements_export, name="list_export"),
    path("engagements/new/", engagements.set_up, name="new"),
    path(f"{ONE}settings/", engagements.settings, name="settings"),
    path(f"{ONE}people/", people.people, name="people"),
    path(f"{ONE}people/export/<str:form>", people.people_export, name="people_export"),
    path(f"{ONE}people/invite/", people.invitation, name="invite"),
    path(f"{ONE}people/<uuid:membership>/", people.person, name="person"),
    path(f"{ONE}people/<uuid:membership>/opened/", accesses.access, name="person_access"),
    path(
        f"{ONE}people/<uuid:membership>/opened/export/<str:form>",
        accesses.access_export,
        name="person_access_export",
    ),
    path(f"{ONE}people/<uuid:membership>/end/", people.end, name="end"),
    path(f"{ONE}people/invitations/<uuid:invitation>/withdraw/", people.withdraw, name="withdraw"),
]
