"""The pages of surveys, also with a form on them that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import names_of_sides, party_of
from handfast.foundation.web.doors import ActorRequest, shown
from handfast.foundation.web.exports import export_urls
from handfast.people.queries import own_space_of
from handfast.surveys.models import Survey
from handfast.surveys.permissions import may_draft_survey, may_send_survey
from handfast.surveys.queries.links import link_for_all, survey_address
from handfast.surveys.queries.results import results_of
from handfast.surveys.queries.surveys import groups_of, members_to_ask, surveys_seen_by
from handfast.surveys.reading.answers import offered
from handfast.surveys.web.forms import DraftForm, InviteForm, SurveyForm
from handfast.surveys.web.results import least_agreed, percent_words, result_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.exports import Cell
    from handfast.surveys.queries.results import Results

OK, REFUSED = 200, 422
LIST_HEADS = ("Name", "Title", "Sent by", "Anonymous", "State", "Last day", "Invited", "Answered")
GLYPHS = {Survey.State.DRAFTED: "open", Survey.State.OPENED: "running", Survey.State.CLOSED: "met"}


def surveys_page(
    request: ActorRequest, deal: Engagement, *, draft: DraftForm | None = None, status: int = OK
) -> HttpResponse:
    """All that the actor reads, and a form for one more."""
    rows = list(surveys_seen_by(request.actor, deal.pk))
    mine = party_of(deal, request.actor.organisation)
    context = {
        "engagement": deal,
        "names": names_of_sides(deal),
        "own": mine,
        "rows": [(one, GLYPHS[Survey.State(one.state)], share_words(one)) for one in rows],
        "sentence": _sentence(rows),
        "draft": draft or DraftForm(own_name=mine.name if mine else ""),
        "is_drafting": draft is not None or "draft" in request.GET,
        **(export_urls("surveys:surveys_export", deal.pk) if rows else {}),
        "may_draft": may_draft_survey(request.actor, own_space_of(request.actor, deal.pk)),
    }
    return shown(request, "surveys/surveys.html", context, status=status)


def survey_page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Survey, *, amend: SurveyForm | None = None,
    invite: InviteForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    """One of them: what it asks, whom it was sent to, how many have answered."""
    may_send, results = may_send_survey(request.actor, found), results_of(found)
    link = link_for_all(found) if may_send and found.is_open else None
    context = {
        "engagement": deal,
        "names": names_of_sides(deal),
        "own": party_of(deal, request.actor.organisation),
        "survey": found,
        "glyph": GLYPHS[Survey.State(found.state)],
        "sentence": _one_sentence(found, results, names_of_sides(deal).get(found.side, found.side)),
        "questions": [(one, ", ".join(label for _, label in offered(one))) for one in found.questions.all()],
        "results": results,
        "result_rows": result_rows(results),
        "rate": percent_words(results.rate),
        **(export_urls("surveys:survey_export", deal.pk, found.pk) if results.each else {}),
        "groups": groups_of(request.actor, found),
        "may_send": may_send,
        "link": survey_address(link.pk) if link else "",
        "amend": amend or SurveyForm(kept=found),
        "is_amending": amend is not None,
        "invite": invite or InviteForm(members=members_to_ask(found) if may_send else ()),
        "is_inviting": invite is not None,
    }
    return shown(request, "surveys/survey.html", context, status=status)


def share_words(one: Survey) -> str:
    """`12 of 30`; by one link nobody knows of how many."""
    answered = one.answered  # type: ignore[attr-defined]  # annotated by whoever found it
    return str(answered) if one.is_by_link else f"{answered} of {one.invited_count}"


def list_rows(rows: Iterable[Survey]) -> Iterator[tuple[Cell, ...]]:
    for one in rows:
        yield (
            one.name, one.title, one.side, "yes" if one.is_anonymous else "no", one.get_state_display(), one.closes_on,
            None if one.is_by_link else one.invited_count, one.answered,  # type: ignore[attr-defined]  # as above
        )  # fmt: skip


def _sentence(rows: list[Survey]) -> str:
    """What the list says, computed."""
    if not rows:
        return "Nothing has been asked yet."
    opened = [one for one in rows if one.is_open]
    closed = sum(1 for one in rows if one.is_closed)
    told = f"{len(opened)} open, {closed} closed"
    if opened:
        soon = min(opened, key=lambda one: one.closes_on)
        told += f"; “{soon.title}” is open until {soon.closes_on:%-d %B %Y}, answered by {share_words(soon)}"
    return f"{told}."


def _one_sentence(found: Survey, results: Results, side: str) -> str:
    told = "anonymous" if found.is_anonymous else "with names"
    if found.is_drafted:
        whom = "will be sent by one link" if found.is_by_link else f"invites {found.invited_count} so far"
        return f"A draft of {side}, {told}; it {whom}."
    until = (
        f"open until {found.closes_on:%-d %B %Y}"
        if found.is_open
        else f"closed on {found.closed_at:%-d %B %Y}"
    )
    return f"Sent by {side}, {told}, {until}: answered by {share_words(found)}{least_agreed(results)}."
