"""The addresses of contracts' pages, below an engagement."""

from __future__ import annotations

from django.urls import path

from handfast.contract.web.views import drafts, milestones, summary, summary_sheet, terms, usual, versions

app_name = "contract"
HERE = "engagements/<uuid:engagement>/contract/"
ONE = f"{HERE}<uuid:agreement>/"
VERSION = f"{ONE}versions/<int:number>/"
urlpatterns = [
    path(HERE, terms.agreements, name="agreements"),
    path(f"{HERE}summary/", summary.summary, name="summary"),
    path(f"{HERE}summary/sheet/", summary_sheet.summary_sheet, name="summary_sheet"),
    path(f"{HERE}summary/export/<str:form>", summary.summary_export, name="summary_export"),
    path(f"{HERE}milestones/", milestones.milestones, name="milestones"),
    path(f"{HERE}milestones/export/<str:form>", milestones.milestones_export, name="milestones_export"),
    path(f"{HERE}milestones/<uuid:milestone>/answer/", milestones.answer, name="answer_milestone"),
    path(ONE, terms.terms, name="terms"),
    path(VERSION, terms.version, name="version"),
    path(f"{VERSION}answer/", terms.answer, name="answer"),
    path(f"{VERSION}terms.yaml", versions.download_terms, name="terms_yaml"),
    path(f"{VERSION}annex.json", versions.download_annex, name="annex_json"),
    path(f"{VERSION}calendar/", versions.calendar_year, name="calendar"),
    path(f"{ONE}versions/", versions.register, name="versions"),
    path(f"{ONE}versions/export/<str:form>", versions.register_export, name="versions_export"),
    path(f"{ONE}compare/", versions.compare, name="compare"),
    path(f"{ONE}draft/", drafts.draft, name="draft"),
    path(f"{ONE}draft/begin/", drafts.begin, name="begin"),
    path(f"{ONE}draft/check/", drafts.check, name="check"),
    path(f"{ONE}draft/form/", usual.usual_form, name="usual"),
]
