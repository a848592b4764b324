"""Joins the addresses of the rooms."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from handfast.contract.api.routes import router as contract_api
from handfast.engagement.api.routes import router as engagement_api
from handfast.evidence.api.routes import router as evidence_api
from handfast.foundation.api.doors import make_api
from handfast.foundation.web.styleguide import styleguide
from handfast.governance.api.routes import router as governance_api
from handfast.journeys.api.routes import router as journeys_api
from handfast.learning.api.routes import router as learning_api
from handfast.operate.api.routes import router as operate_api
from handfast.packs.api.routes import router as packs_api
from handfast.people.api.routes import router as people_api
from handfast.readiness.api.routes import router as readiness_api
from handfast.records.api.routes import router as records_api
from handfast.surveys.api.routes import router as surveys_api
from handfast.transition.api.routes import router as transition_api

# Browsers ask for it by this name on pages that name none; its place is known once the static files are gathered.
MARK = RedirectView.as_view(url=lazy(static, str)("handfast/mark.svg"))
# The rooms that have pages, each with addresses of its own.
PAGES = (
    "journeys",
    "people",
    "engagement",
    "evidence",
    "records",
    "governance",
    "surveys",
    "contract",
    "transition",
    "learning",
    "readiness",
    "operate",
    "packs",
)

# What is said where no view can say it.
handler400 = "handfast.foundation.web.unreadable.unreadable"
handler404 = "handfast.foundation.web.unreadable.missing"
handler500 = "handfast.foundation.web.unreadable.faulty"

api = make_api()
api.add_router("", people_api)
api.add_router("/engagements", engagement_api)
api.add_router("/evidence", evidence_api)
api.add_router("/records", records_api)
api.add_router("/governance", governance_api)
api.add_router("/surveys", surveys_api)
api.add_router("/contract", contract_api)
api.add_router("/transition", transition_api)
api.add_router("/learning", learning_api)
api.add_router("/readiness", readiness_api)
api.add_router("/operate", operate_api)
api.add_router("/packs", packs_api)
api.add_router("/journeys", journeys_api)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="journeys:home"), name="home"),
    path("favicon.ico", MARK),
    path("styleguide/", styleguide, name="styleguide"),
    path("accounts/", include("handfast.people.web.sign_in_urls")),
    path("api/", api.urls),
    *(path("", include(f"handfast.{room}.web.urls")) for room in PAGES),
]
