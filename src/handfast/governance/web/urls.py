"""The addresses of governance's pages, below an engagement."""

from __future__ import annotations

from django.urls import path

from handfast.governance.web.views import cells, deciding, entries, intake, registers, saved, together, usual

app_name = "governance"
HERE = "engagements/<uuid:engagement>/governance/"
urlpatterns = [
    path(f"{HERE}entry/<uuid:item>/", entries.entry, name="entry"),
    path(f"{HERE}entry/<uuid:item>/move/", entries.move, name="move"),
    path(f"{HERE}entry/<uuid:item>/ask-decision/", deciding.ask, name="ask_decision"),
    path(f"{HERE}entry/<uuid:item>/cell/<str:column>/", cells.cell, name="cell"),
    path(f"{HERE}view/<uuid:view>/", saved.view_amend, name="view_amend"),
    path(f"{HERE}view/<uuid:view>/remove/", saved.view_remove, name="view_remove"),
    path(f"{HERE}view/<uuid:view>/bring-back/", saved.view_bring_back, name="view_bring_back"),
    path(f"{HERE}<str:register>/", registers.entries, name="entries"),
    path(f"{HERE}<str:register>/take-in/", intake.intake, name="take_in"),
    path(f"{HERE}<str:register>/usual/", usual.take_usual, name="take_usual"),
    path(f"{HERE}<str:register>/views/", saved.view_new, name="view_new"),
    path(f"{HERE}<str:register>/together/", together.together, name="together"),
    path(f"{HERE}<str:register>/export/<str:form>", registers.entries_export, name="entries_export"),
]
