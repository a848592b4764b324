"""The addresses of governance's pages, below an engagement."""

from __future__ import annotations

from django.urls import path

from handfast.governance.web.views import entries, intake, registers, together

app_name = "governance"
HERE = "engagements/<uuid:engagement>/governance/"
urlpatterns = [
    path(f"{HERE}entry/<uuid:item>/", entries.entry, name="entry"),
    path(f"{HERE}entry/<uuid:item>/move/", entries.move, name="move"),
    path(f"{HERE}<str:register>/", registers.entries, name="entries"),
    path(f"{HERE}<str:register>/take-in/", intake.intake, name="take_in"),
    path(f"{HERE}<str:register>/together/", together.together, name="together"),
    path(f"{HERE}<str:register>/export/<str:form>", registers.entries_export, name="entries_export"),
]
