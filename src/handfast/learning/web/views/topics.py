"""Topics: their list, one with its parts and its bank of questions, and what is put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.governance.queries.entries import today_in
from handfast.governance.reading.tables import read_pasted
from handfast.governance.refusals import TableRefused
from handfast.learning.actions import add_questions, add_topic, amend_topic, drop_question, take_topics
from handfast.learning.models import Question, Topic
from handfast.learning.permissions import may_add_topic, may_keep_topic
from handfast.learning.queries.counting import topic_counts
from handfast.learning.queries.seen import topics_seen_by
from handfast.learning.queries.tasks_taught import tasks_of
from handfast.learning.reading.question_rows import LETTERS, questions_in
from handfast.learning.reading.usual import usual_minimum, usual_validity
from handfast.learning.web.forms import PartsForm, PasteForm, TopicForm, tell
from handfast.learning.web.opening import question_here, topic_here
from handfast.learning.web.topic_page import topic_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.exports import Cell
    from handfast.learning.reading.said import PartSaid

OK, REFUSED = 200, 422
HEADS = (
    "Number",
    "Topic",
    "Kind",
    "Critical",
    "Certified",
    "Needed",
    "Questions",
    "Valid for months",
    "Task",
)
QUESTION_HEADS = ("Number", "Question", *(one.upper() for one in LETTERS), "Right", "Because", "Dropped")


@page("GET", "POST")
def topics(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The list, those that few know first; posted, a topic is added with the usual parts of its kind."""
    deal = engagement_seen_by(request.actor, engagement)
    if request.method != "POST":
        return _list(request, deal)
    if not may_add_topic(request.actor, deal):
        raise NotPermitted("topic added: your role does not include it")
    form = TopicForm(request.POST, tasks=tasks_of(deal))
    if not form.is_valid():
        return _list(request, deal, form=form, status=REFUSED)
    try:
        made = add_topic(request.actor, deal, said=form.said(), at=request.at)
    except FieldsRefused as refusal:
        tell(form, refusal)
        return _list(request, deal, form=form, status=REFUSED)
    messages.success(request, f"{made.name} is added, with the usual parts of its kind.")
    return redirect("learning:topic", deal.pk, made.pk)


@page("GET")
def topics_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The list as CSV or XLSX."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = (
        (
            one.topic.name, one.topic.title, one.topic.get_kind_display(), "yes" if one.topic.is_critical else "no",
            one.certified, one.topic.minimum, one.questions, one.topic.validity_months,
            one.topic.process.name if one.topic.process else None,
        )
        for one in _with_tasks(request, deal)
    )  # fmt: skip
    return exported(request, form, "topics", HEADS, rows)


@page("POST")
def topics_take(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """A topic for each task of the process inventory that has none."""
    deal = engagement_seen_by(request.actor, engagement)
    made = take_topics(request.actor, deal, at=request.at)
    messages.success(request, f"{made} topic{'' if made == 1 else 's'} taken out of the process inventory.")
    return redirect("learning:topics", deal.pk)


@page("GET", "POST")
def topic(request: ActorRequest, engagement: UUID, topic: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, it is amended with its parts."""
    deal, found = topic_here(request, engagement, topic)
    if request.method != "POST":
        return topic_page(request, deal, found)
    if not may_keep_topic(request.actor, found):
        raise NotPermitted("topic amended: your role does not include it")
    form, parts = (
        TopicForm(request.POST, tasks=tasks_of(deal, found)),
        PartsForm(request.POST, prefix="parts"),
    )
    if not form.is_valid() or not parts.is_valid():
        return topic_page(request, deal, found, form=form, parts=parts, status=REFUSED)
    said = form.said(_parts(parts), is_dropped=request.POST.get("is_dropped") == "on")
    try:
        amend_topic(
            request.actor, found, said=said, at=request.at, as_seen=form.cleaned_data["as_seen"] or None
        )
    except FieldsRefused as refusal:
        tell(form, refusal)
        return topic_page(request, deal, found, form=form, parts=parts, status=REFUSED)
    messages.success(request, f"{found.name} is kept.")
    return redirect("learning:topic", deal.pk, found.pk)


@page("POST")
def questions_add(request: ActorRequest, engagement: UUID, topic: UUID) -> HttpResponse:
    """Rows of a spreadsheet into the bank, all of them or none."""
    deal, found = topic_here(request, engagement, topic)
    if not may_keep_topic(request.actor, found):
        raise NotPermitted("question added: your role does not include it")
    form = PasteForm(request.POST)
    if form.is_valid():
        try:
            said = questions_in(read_pasted(form.cleaned_data["pasted"]))
            made = add_questions(request.actor, found, questions=said, at=request.at)
        except (FieldsRefused, TableRefused) as refusal:
            form.add_error("pasted", str(refusal))
        else:
            messages.success(request, f"{len(made)} question{'' if len(made) == 1 else 's'} added.")
            return redirect("learning:topic", deal.pk, found.pk)
    return topic_page(request, deal, found, paste=form, status=REFUSED)


@page("GET")
def questions_export(request: ActorRequest, engagement: UUID, topic: UUID, form: str) -> HttpResponseBase:
    """The bank as CSV or XLSX, in the columns in which it is taken in."""
    _, found = topic_here(request, engagement, topic)
    rows = Question.objects.filter(topic=found, space_id__in=request.actor.reach.reads)
    return exported(request, form, f"questions-{found.name}", QUESTION_HEADS, _question_rows(rows.iterator()))


@page("POST")
def question_drop(request: ActorRequest, engagement: UUID, question: UUID) -> HttpResponse:
    """Ask it no more, or with `again` once more."""
    found = question_here(request, engagement, question)
    is_dropped = request.POST.get("again") != "yes"
    drop_question(
        request.actor, found, is_dropped=is_dropped, at=request.at, as_seen=request.POST.get("as_seen")
    )
    messages.success(request, f"Question {found.number} is asked {'no more' if is_dropped else 'again'}.")
    return redirect("learning:topic", engagement, found.topic_id)


def _list(
    request: ActorRequest, deal: Engagement, *, form: TopicForm | None = None, status: int = OK
) -> HttpResponse:
    kind = Topic.Kind.PROCESS
    initial = {"kind": kind, "minimum": usual_minimum(), "validity_months": usual_validity(kind)}
    tasks = tasks_of(deal)
    context: dict[str, Any] = {
        "engagement": deal,
        "rows": _with_tasks(request, deal),
        "dropped": [one for one in topics_seen_by(request.actor, deal.pk) if one.is_dropped],
        "form": form or TopicForm(tasks=tasks, initial=initial),
        "is_open": form is not None,
        "free": len(tasks),
        "may_add": may_add_topic(request.actor, deal),
        **export_urls("learning:topics_export", deal.pk),
    }
    return shown(request, "learning/topics.html", context, status=status)


def _with_tasks(request: ActorRequest, deal: Engagement) -> list[Any]:
    tasks = {one.pk: one.process for one in topics_seen_by(request.actor, deal.pk)}
    found = topic_counts(deal, today_in(deal, request.at))
    for one in found:
        one.topic.process = tasks.get(one.topic.pk)
    return found


def _parts(parts: Any) -> list[PartSaid]:
    return [said for one in parts if (said := one.said()) is not None]


def _question_rows(rows: Iterator[Question]) -> Iterator[tuple[Cell, ...]]:
    for one in rows:
        choices = [*one.choices, *[None] * len(LETTERS)][: len(LETTERS)]
        right = ", ".join(LETTERS[place].upper() for place in one.right)
        yield (one.number, one.text, *choices, right, one.because, "yes" if one.is_dropped else "no")
