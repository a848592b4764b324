"""The page of one trainee, also with a form on it that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.web.doors import ActorRequest, shown
from handfast.governance.queries.entries import today_in
from handfast.learning.models import Attendance, Result, TopicPart
from handfast.learning.permissions import may_train
from handfast.learning.queries.seen import reads_scores, topics_of
from handfast.learning.queries.standing import HOLDS, proved_by
from handfast.learning.web.forms import LapseForm, LeftForm, ResultForm, TryForm
from handfast.learning.web.rows import GLYPHS, WORDS, result_words

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.learning.models import Trainee
    from handfast.learning.queries.standing import PartNow, Standing

OK = 200
MOST_RESULTS = 200


def trainee_page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Trainee, *, result: ResultForm | None = None,
    more: TryForm | None = None, left: LeftForm | None = None, lapse: LapseForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    """How far somebody is with every topic of their class, every try, and what can be written down of them."""
    today, shows = today_in(deal, request.at), reads_scores(request.actor, found.training_class)
    topics = topics_of(found.training_class)
    known = proved_by([found.pk], [one.pk for one in topics])
    standings = [known.standing(found.pk, one, today) for one in topics]
    tries = (
        Result.objects.filter(trainee=found).select_related("part__topic").order_by("-taken_on", "-number")
    )
    there = Attendance.objects.filter(trainee=found).select_related("session__topic")
    context = {
        "engagement": deal,
        "one": found,
        "rows": [_row(one, shows) for one in standings],
        "tries": [(one, result_words(one, reads_scores=shows)) for one in tries[:MOST_RESULTS]],
        "there": list(there.order_by("session__starts_at")),
        "held": sum(1 for one in standings if one.word in HOLDS),
        "lapsing": [one.certificate for one in standings if one.word in HOLDS],
        "shows_scores": shows,
        "result": result or _parted(ResultForm(initial={"taken_on": today}), standings),
        "more": more or _parted(TryForm(), standings, only_out=True),
        "has_out": any(_is_out(one) for each in standings for one in each.parts),
        "left": left or LeftForm(initial={"left_on": found.left_on, "as_seen": found.seen_as}),
        "lapse": lapse or LapseForm(),
        "is_lapse_open": lapse is not None,
        "may_train": may_train(request.actor, found),
    }
    return shown(request, "learning/trainee.html", context, status=status)


def parts_of(found: Trainee) -> list[tuple[str, str]]:
    """Every part of every topic of their class, for a form to choose from."""
    rows = TopicPart.objects.filter(topic__in=topics_of(found.training_class), is_dropped=False)
    told = rows.select_related("topic").order_by("topic__number", "position")
    return [(str(one.pk), f"{one.topic.title}: {one.name}") for one in told]


def _parted(form: forms.Form, standings: list[Standing], *, only_out: bool = False) -> Any:
    parts = [
        (str(now.part.pk), f"{one.topic.title}: {now.part.name}")
        for one in standings
        for now in one.parts
        if not only_out or _is_out(now)
    ]
    form.fields["part"].choices = parts  # type: ignore[attr-defined]  # a choice field
    return form


def _is_out(now: PartNow) -> bool:
    return not now.left and not now.is_passed


def _row(one: Standing, shows: bool) -> dict[str, Any]:
    parts = [
        {
            "now": now, "said": result_words(now.last, reads_scores=shows), "glyph": _glyph(now),
            "is_practical": now.part.kind == TopicPart.Kind.PRACTICAL,
        }
        for now in one.parts
    ]  # fmt: skip
    return {"standing": one, "glyph": GLYPHS[one.word], "word": WORDS[one.word], "parts": parts}


def _glyph(now: PartNow) -> str:
    if now.is_passed:
        return "met"
    return "missed" if _is_out(now) else "running" if now.used else "open"
