"""The addresses of the pages of packs: below an engagement, and how those of an organisation look."""

from __future__ import annotations

from django.urls import path

from handfast.packs.web.views import looks, packs

app_name = "packs"
HERE = "engagements/<uuid:engagement>/packs/"
urlpatterns = [
    path("organisation/packs/", looks.look, name="look"),
    path("organisation/packs/logo.png", looks.logo, name="logo"),
    path(HERE, packs.packs, name="packs"),
    path(f"{HERE}new/", packs.new, name="new"),
    path(f"{HERE}export/<str:form>", packs.packs_export, name="packs_export"),
    path(f"{HERE}<uuid:pack>/", packs.pack, name="pack"),
    path(f"{HERE}<uuid:pack>/progress/", packs.pack_progress, name="pack_progress"),
    path(f"{HERE}<uuid:pack>/withdraw/", packs.withdraw, name="withdraw"),
    path(f"{HERE}<uuid:pack>/download/<str:pack_form>", packs.download, name="pack_download"),
]
