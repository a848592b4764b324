"""The page of one topic, also with a form on it that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.evidence.web.beside import kept_beside
from handfast.evidence.web.talk import talk_about
from handfast.foundation.web.doors import ActorRequest, shown
from handfast.foundation.web.exports import export_urls
from handfast.governance.queries.entries import today_in
from handfast.learning.models import ClassTopic, Question, TopicPart
from handfast.learning.permissions import may_keep_topic
from handfast.learning.queries.counting import topic_counts
from handfast.learning.queries.tasks_taught import tasks_of
from handfast.learning.queries.topic_things import topic_thing
from handfast.learning.reading.question_rows import LETTERS
from handfast.learning.web.forms import PartsForm, PasteForm, TopicForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.learning.models import Topic

OK = 200


def topic_page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Topic, *, form: TopicForm | None = None, parts: Any = None,
    paste: PasteForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    """What proves it, who must hold it, its bank of questions, and what is kept beside it."""
    actor, today = request.actor, today_in(deal, request.at)
    kept = [one for one in TopicPart.objects.filter(topic=found) if not one.is_dropped]
    counted = next(iter(topic_counts(deal, today, only=found.pk)), None)
    questions = list(Question.objects.filter(topic=found, space_id__in=actor.reach.reads))
    asked = sum(1 for one in questions if not one.is_dropped)
    tests = [one for one in kept if one.kind == TopicPart.Kind.TEST]
    thing = topic_thing(found)
    context = {
        "engagement": deal,
        "topic": found,
        "counted": counted,
        "kept": [(one, f"{(one.pass_mark * 100).normalize():f} %") for one in kept],
        "classes": [one.training_class for one in _assigned(found)],
        "questions": [(one, _choices(one)) for one in questions],
        "asked": asked,
        "lacking": max((one.size - asked for one in tests), default=0),
        "form": form or TopicForm(tasks=tasks_of(deal, found), initial=_initial(found)),
        "parts": parts or PartsForm(prefix="parts", initial=[_part(one) for one in kept]),
        "is_open": form is not None,
        "paste": paste or PasteForm(),
        "is_pasted": paste is not None,
        "may_keep": may_keep_topic(actor, found),
        "beside": kept_beside(actor, deal, thing),
        "talk": talk_about(actor, deal, thing),
        **export_urls("learning:questions_export", deal.pk, found.pk),
    }
    return shown(request, "learning/topic.html", context, status=status)


def _assigned(found: Topic) -> Iterable[ClassTopic]:
    rows = ClassTopic.objects.filter(topic=found).select_related("training_class")
    return rows.order_by("training_class__number")


def _choices(one: Question) -> list[tuple[str, str, bool]]:
    """Letter, answer, and whether it is right."""
    return [(LETTERS[place].upper(), said, place in one.right) for place, said in enumerate(one.choices)]


def _initial(found: Topic) -> dict[str, Any]:
    return {
        "as_seen": found.seen_as, "title": found.title, "text": found.text, "kind": found.kind,
        "process": str(found.process_id or ""), "is_critical": found.is_critical, "minimum": found.minimum,
        "validity_months": found.validity_months,
    }  # fmt: skip


def _part(one: TopicPart) -> dict[str, Any]:
    return {
        "id": one.pk, "name": one.name, "kind": one.kind, "pass_mark": (one.pass_mark * 100).normalize(), "size": one.size,
        "minutes": one.minutes, "retakes": one.retakes, "wait_days": one.wait_days,
    }  # fmt: skip
