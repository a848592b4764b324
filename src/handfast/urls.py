"""Joins the addresses of the rooms."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

# Browsers ask for it by this name on pages that name none; its place is known once the static files are gathered.
MARK = RedirectView.as_view(url=lazy(static, str)("handfast/mark.svg"))

urlpatterns = [
    path("favicon.ico", MARK),
    path("accounts/", include("allauth.urls")),
]
