"""The overview of certification: classes, topics that few know first, and the skills matrix of people and topics."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.governance.queries.entries import today_in
from handfast.learning.models import Trainee
from handfast.learning.permissions import may_open_class
from handfast.learning.queries.counting import class_counts, topic_counts
from handfast.learning.queries.matrix import matrix_of
from handfast.learning.queries.seen import here_on
from handfast.learning.web.forms import ClassForm
from handfast.learning.web.matrix_part import PEOPLE_A_PAGE, shown_matrix
from handfast.learning.web.rows import export_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.learning.queries.counting import ClassCount, TopicCount

OK = 200


@page("GET")
def certification(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The whole of it, `?class=` narrows the matrix."""
    return certification_page(request, engagement_seen_by(request.actor, engagement))


@page("GET")
def certification_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The matrix as CSV or XLSX: until when everybody holds each topic."""
    deal = engagement_seen_by(request.actor, engagement)
    today = today_in(deal, request.at)
    matrix = matrix_of(list(_people(request.actor, deal, request, today)), today)
    heads = ("Staff number", "Class", "Left on", *(f"{one.name} {one.title}" for one in matrix.topics))
    return exported(request, form, "certification", heads, export_rows(matrix))


def certification_page(
    request: ActorRequest, deal: Engagement, *, form: ClassForm | None = None, status: int = OK
) -> HttpResponse:
    """Also with a class on it that was refused."""
    today, actor = today_in(deal, request.at), request.actor
    classes, topics = class_counts(deal, today), topic_counts(deal, today)
    people = Paginator(_people(actor, deal, request, today), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "engagement": deal, "classes": classes, "topics": topics, "names": names_of_sides(deal), "page": people,
        "chosen": request.GET.get("class", ""), "sentence": sentence_of(classes, topics),
        **shown_matrix(matrix_of(list(people.object_list), today)),
        "form": form or ClassForm(topics=[one.topic for one in _by_number(topics)]), "is_open": form is not None,
        "may_open": may_open_class(actor, deal),
        **export_urls("learning:certification_export", deal.pk, query=request.GET.urlencode()),
    }  # fmt: skip
    return shown(request, "learning/certification.html", context, status=status)


def _people(actor: Actor, deal: Engagement, request: ActorRequest, today: date) -> QuerySet[Trainee]:
    """Of one class where it is named, else of all; whoever has left is shown in neither."""
    rows = Trainee.objects.filter(
        here_on(today), training_class__engagement=deal, space_id__in=actor.reach.reads
    )
    with suppress(ValueError):  # an address that was mended by hand shows all of them
        rows = rows.filter(training_class_id=UUID(request.GET.get("class", "")))
    return rows.select_related("training_class").order_by("training_class__number", "label")


def _by_number(topics: Sequence[TopicCount]) -> list[TopicCount]:
    return sorted(topics, key=lambda one: one.topic.number)


def sentence_of(classes: Sequence[ClassCount], topics: Sequence[TopicCount]) -> str:
    """What the page says at its head."""
    if not topics:
        return "No topic is written down yet: take them out of the process inventory, or add one."
    people, complete = sum(one.people for one in classes), sum(one.complete for one in classes)
    thin = sum(1 for one in topics if one.is_thin)
    told = (
        f"{complete} of {people} people hold every topic of their class"
        if people
        else "Nobody is in a class yet"
    )
    if not thin:
        return f"{told}."
    return f"{told}; {thin} critical topic{'' if thin == 1 else 's'} {'has' if thin == 1 else 'have'} fewer certified people than agreed."
