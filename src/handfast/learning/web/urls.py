"""Where the pages of learning are."""

from __future__ import annotations

from django.urls import path

from handfast.learning.web.views import certification, classes, sessions, tests, topics, trainees

app_name = "learning"
HERE = "engagements/<uuid:engagement>/certification"
TOPIC, QUESTION = f"{HERE}/topics/<uuid:topic>", f"{HERE}/questions/<uuid:question>"
CLASS, TRAINEE = f"{HERE}/classes/<uuid:training_class>", f"{HERE}/people/<uuid:trainee>"
SESSION = f"{HERE}/sessions/<uuid:learning_session>"
urlpatterns = [
    path(f"{HERE}/", certification.certification, name="certification"),
    path(f"{HERE}/as/<str:form>", certification.certification_export, name="certification_export"),
    path(f"{HERE}/classes/", classes.class_open, name="class_open"),
    path(f"{HERE}/topics/", topics.topics, name="topics"),
    path(f"{HERE}/topics/as/<str:form>", topics.topics_export, name="topics_export"),
    path(f"{HERE}/topics/inventory/", topics.topics_take, name="topics_take"),
    path(f"{TOPIC}/", topics.topic, name="topic"),
    path(f"{TOPIC}/questions/", topics.questions_add, name="questions_add"),
    path(f"{TOPIC}/questions/as/<str:form>", topics.questions_export, name="questions_export"),
    path(f"{QUESTION}/", topics.question_drop, name="question_drop"),
    path(f"{CLASS}/", classes.training_class, name="class"),
    path(f"{CLASS}/people/", classes.class_enrol, name="class_enrol"),
    path(f"{CLASS}/code/", classes.class_code_open, name="class_code_open"),
    path(f"{CLASS}/code/end/", classes.class_code_close, name="class_code_close"),
    path(f"{CLASS}/results/", classes.results, name="results"),
    path(f"{CLASS}/sessions/", sessions.session_plan, name="session_plan"),
    path(f"{SESSION}/", sessions.session, name="session"),
    path(f"{SESSION}/there/", sessions.session_there, name="session_there"),
    path(f"{TRAINEE}/", trainees.trainee, name="trainee"),
    path(f"{TRAINEE}/left/", trainees.trainee_left, name="trainee_left"),
    path(f"{TRAINEE}/try/", trainees.try_allow, name="try_allow"),
    path(f"{TRAINEE}/practical/<uuid:part>/", trainees.practical, name="practical"),
    path(f"{HERE}/certificates/<uuid:certificate>/", trainees.certificate_lapse, name="certificate_lapse"),
    path("learn/", tests.enter, name="enter"),
    path("learn/test/<str:sitting_secret>/", tests.test, name="test"),
    path("learn/<str:class_code>/", tests.tests, name="tests"),
]
