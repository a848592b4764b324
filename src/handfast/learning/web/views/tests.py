"""The pages of those who learn: the code of their class, their staff number, their tests; on a phone, without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from handfast.foundation.refusals import sentence_of
from handfast.foundation.scope import entered
from handfast.foundation.web.headers import unseen
from handfast.learning.actions import begin_sitting, hand_in_sitting
from handfast.learning.models import LearningKey, Question, Sitting, Trainee, TrainingClass
from handfast.learning.queries.keys import class_code as class_code_of
from handfast.learning.queries.keys import holder_of, key_in_force, sitting_secret
from handfast.learning.queries.trying import tests_for, wanted_test
from handfast.learning.refusals import TryRefused
from handfast.learning.web.rows import share_words

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor

OK, OVER, REFUSED = 200, 404, 422
METHODS = ("GET", "HEAD", "POST")
DIGITS = 2  # of the place of an answer
HERE, A_DAY = "handfast-test", 24 * 60 * 60
Opens = LearningKey.Opens


class CodeForm(forms.Form):
    """The code that the trainer reads out."""

    code = forms.CharField(
        label="Code of your class", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class NumberForm(forms.Form):
    """Who somebody is: their staff number."""

    number = forms.CharField(
        label="Your staff number",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    part = forms.UUIDField(required=False)


def enter(request: HttpRequest) -> HttpResponse:
    """Asks for the code of a class."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = key_in_force(form.cleaned_data["code"], Opens.CLASS, timezone.now())
        if key is not None:
            return redirect("learning:tests", class_code_of(key.pk))
        form.add_error("code", "No class is open by this code now: look again, or ask your trainer.")
    return _shown(request, "learning/enter.html", {"form": form}, REFUSED if form.errors else OK)


def tests(request: HttpRequest, class_code: str) -> HttpResponse:
    """Found by the code alone. Asks for the staff number; then shows that person's tests, and begins one."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    at = timezone.now()
    key = key_in_force(class_code, Opens.CLASS, at)
    if key is None:
        return _shown(request, "learning/enter.html", {"form": CodeForm(), "is_over": True}, OVER)
    actor = holder_of(key)
    with entered(actor.reach):
        rows = TrainingClass.objects.filter(pk=key.about_id).select_related("engagement")
        found = rows.prefetch_related("engagement__parties").first()
        if found is None:
            return _shown(request, "learning/enter.html", {"form": CodeForm(), "is_over": True}, OVER)
        return _tests(request, actor, found, class_code, at)


def test(request: HttpRequest, sitting_secret: str) -> HttpResponse:
    """A test that was begun; posted, it is handed in, once. To look at it again shows how it ended."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    at = timezone.now()
    key = key_in_force(sitting_secret, Opens.SITTING, at)
    if key is None:
        return _shown(request, "learning/enter.html", {"form": CodeForm(), "is_over": True}, OVER)
    actor = holder_of(key)
    with entered(actor.reach):
        rows = Sitting.objects.filter(pk=key.about_id)
        found = rows.select_related("trainee__training_class__engagement", "part__topic").first()
        if found is None:
            return _shown(request, "learning/enter.html", {"form": CodeForm(), "is_over": True}, OVER)
        if request.method == "POST":
            hand_in_sitting(actor, found, answers=_answers(request, found), at=at)
            return redirect("learning:test", sitting_secret)
        return _sitting(request, found, at)


def _tests(
    request: HttpRequest, actor: Actor, found: TrainingClass, class_code: str, at: datetime
) -> HttpResponse:
    form = NumberForm(request.POST or None)
    context: dict[str, Any] = {"one": found, "code": class_code, "form": form}
    if request.method != "POST" or not form.is_valid():
        return _shown(request, "learning/number.html", context, REFUSED if form.errors else OK)
    trainee = _trainee(found, form.cleaned_data["number"])
    if trainee is None:
        form.add_error("number", "Nobody of this class has this number: look again, or ask your trainer.")
        return _shown(request, "learning/number.html", context, REFUSED)
    status = OK
    if wanted := form.cleaned_data["part"]:
        try:
            part = wanted_test(trainee, wanted)
            return _begun(begin_sitting(actor, trainee, part=part, at=at).pk)
        except TryRefused as refusal:
            context["refused"], status = sentence_of(refusal), REFUSED
    running = request.COOKIES.get(HERE, "")
    context |= {
        "trainee": trainee,
        "tests": [(one, _here(one.running, running)) for one in tests_for(trainee, at=at)],
    }
    return _shown(request, "learning/tests.html", context, status)


def _begun(sitting: UUID) -> HttpResponse:
    """The address of the test stays in this browser, so that a page that was closed can be opened again."""
    secret = sitting_secret(sitting)
    answer = redirect("learning:test", secret)
    is_secure = bool(settings.SESSION_COOKIE_SECURE)
    answer.set_cookie(
        HERE, secret, max_age=A_DAY, path="/learn/", httponly=True, samesite="Lax", secure=is_secure
    )
    return unseen(answer)


def _here(running: Sitting | None, kept: str) -> str:
    """The secret of a test that runs in this very browser; empty otherwise."""
    return kept if running is not None and kept and sitting_secret(running.pk) == kept else ""


def _trainee(found: TrainingClass, number: str) -> Trainee | None:
    """Capitals and blanks around it do not matter."""
    rows = Trainee.objects.filter(training_class=found, label__iexact=number.strip())
    trainee: Trainee | None = rows.first()
    if trainee is not None:
        trainee.training_class = found
    return trainee


def _sitting(request: HttpRequest, found: Sitting, at: datetime) -> HttpResponse:
    asked = {str(one.pk): one for one in Question.objects.filter(pk__in=found.asked)}
    context: dict[str, Any] = {"one": found, "part": found.part}
    if found.closed_at is None:
        questions = [(key, asked[key]) for key in found.asked]
        context |= {"questions": questions, "left": max(0, int((found.ends_at - at).total_seconds()) // 60)}
        return _shown(request, "learning/test.html", context)
    result = found.result
    wrong = [asked[key] for key in found.asked if set(found.answers.get(key, ())) != set(asked[key].right)]
    context |= {
        "result": result,
        "score": share_words(result.score),
        "mark": f"{(found.part.pass_mark * 100).normalize():f} %",
        "hints": [one for one in wrong if one.because],
        "is_late": found.closed_at > found.ends_at and not any(found.answers.values()),
    }
    return _shown(request, "learning/test_over.html", context)


def _answers(request: HttpRequest, found: Sitting) -> dict[str, list[int]]:
    """What was ticked, by question; what is no place of an answer is none."""
    return {
        key: [
            int(one)
            for one in request.POST.getlist(f"q-{key}")
            if one.isascii() and one.isdigit() and len(one) <= DIGITS
        ]
        for key in found.asked
    }


def _shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = OK) -> HttpResponse:
    return unseen(render(request, template, context, status=status))
