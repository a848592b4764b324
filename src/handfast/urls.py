"""Joins the addresses of the rooms."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from handfast.foundation.api.doors import make_api
from handfast.records.api.routes import router as records_api

# Browsers ask for it by this name on pages that name none; its place is known once the static files are gathered.
MARK = RedirectView.as_view(url=lazy(static, str)("handfast/mark.svg"))

api = make_api()
api.add_router("/records", records_api)

urlpatterns = [
    path("favicon.ico", MARK),
    path("accounts/", include("allauth.urls")),
    path("api/", api.urls),
    path("", include("handfast.records.web.urls")),
]
