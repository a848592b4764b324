"""Where the pages of surveys are."""

from __future__ import annotations

from django.urls import path

from handfast.surveys.web.views import answering, surveys

app_name = "surveys"
HERE = "engagements/<uuid:engagement>/surveys"
ONE = f"{HERE}/<uuid:survey>"
urlpatterns = [
    path(f"{HERE}/", surveys.surveys, name="surveys"),
    path(f"{ONE}/", surveys.survey, name="survey"),
    path(f"{ONE}/invitations/", surveys.survey_invite, name="survey_invite"),
    path(f"{ONE}/open/", surveys.survey_open, name="survey_open"),
    path(f"{ONE}/close/", surveys.survey_close, name="survey_close"),
    path(f"{ONE}/reminder/", surveys.survey_remind, name="survey_remind"),
    path(f"{ONE}/results/as/<str:form>", surveys.survey_export, name="survey_export"),
    path(f"{HERE}/as/<str:form>", surveys.surveys_export, name="surveys_export"),
    path("answer/<str:survey_secret>/", answering.answer, name="answer"),
]
