"""What waits, in words: what to do, where, until when, and the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.journeys.frame import address
from handfast.journeys.stages import day_text
from handfast.operate.web.pictures.wording import month_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from handfast.engagement.models import Engagement
    from handfast.journeys.queries.needs import Need

SOON_DAYS = 2
WAITING = {
    "relief": ("A relief waits for your answer", "readiness:dependencies"),
    "waiver": ("A waiver waits for your answer", "readiness:readiness"),
}
DELIVERABLE = {
    "review": "A deliverable waits for your review",
    "hand-in": "A deliverable that you hand in",
    "silence": "Is no answer in time an acceptance?",
}


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One line of what needs me."""

    icon: str
    title: str
    second: str
    side: str
    url: str
    is_urgent: bool


def need_lines(
    needs: Iterable[Need], deals: Sequence[Engagement], *, today: date, is_across: bool = False
) -> list[NeedLine]:
    """The needs in words; across engagements each names its own."""
    known = {deal.pk: deal for deal in deals}
    return [_line(one, known[one.engagement], today, is_across) for one in needs if one.engagement in known]


def _line(need: Need, deal: Engagement, today: date, is_across: bool) -> NeedLine:
    icon, title, second, url = need_words(need, deal)
    if is_across:
        second = f"{deal.name}. {second}" if second else deal.name
    due = need.due_on
    if (
        deal.is_sample and due is not None
    ):  # a sample stays at the day that it tells of: nothing in it is late
        today = min(today, due - timedelta(days=SOON_DAYS))
    is_urgent = due is not None and (due - today).days < SOON_DAYS
    return NeedLine(icon, title, second, due_text(due, today), url, is_urgent)


def due_text(due: date | None, today: date) -> str:
    """`28 Apr`, `today`, or how late it is."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late"
    if days == 0:
        return "today"
    return f"{due.day} {due:%b}" if due.year == today.year else day_text(due)


def need_words(need: Need, deal: Engagement) -> tuple[str, str, str, str]:  # noqa: PLR0911 - one for each kind of need
    """Icon, what to do, the second line, and the page."""
    match need.kind:
        case "statement":
            url = address("operate:statement", deal.pk, need.name)
            return "file-check", f"Agree or dispute {month_text(need.name)}", "Statement", url
        case "dispute":
            url = address("operate:statement", deal.pk, need.name)
            said = "Withdraw, explain or issue a revision"
            return "scale", f"Answer the dispute of {month_text(need.name)}", said, url
        case "adjustment":
            url = address("operate:adjustments", deal.pk)
            return "adjustments-horizontal", f"Answer adjustment A-{need.name}", "Accept or decline", url
        case "terms":
            url = address("contract:agreements", deal.pk)
            return "writing-sign", f"Agree or decline terms, version {need.name}", "", url
        case "milestone":
            url = address("contract:milestones", deal.pk)
            return "flag", f"Agree or decline milestone M-{need.name}", "Contract", url
        case (
            "change"
            | "baseline"
            | "freeze"
            | "growth"
            | "cover"
            | "activity"
            | "promise"
            | "review"
            | "hand-in"
            | "silence"
            | "waiver"
            | "relief"
            | "gate"
        ):
            return _plan_words(need, deal)
        case "entry" | "signature" | "mention":
            return _own_words(need, deal)
        case "upload":
            url = address("records:upload", deal.pk, need.subject)
            return "alert-triangle", "Mend a file that was refused", need.name, url
    url = address("engagement:people", deal.pk)
    return "mail", "An invitation is open", need.name, url


def _own_words(need: Need, deal: Engagement) -> tuple[str, str, str, str]:
    """What asks somebody by name or role."""
    if need.kind == "entry":
        return "list", need.name, "Yours in a register", address("governance:entry", deal.pk, need.subject)
    if need.kind == "signature":
        url = address("evidence:signature", deal.pk, need.subject)
        return "signature", f"Sign {need.name}", "A document that your role is asked to sign", url
    url = address("evidence:comment", deal.pk, need.subject)
    return "message", need.name or "A comment", "Somebody mentions you", url


def _plan_words(need: Need, deal: Engagement) -> tuple[str, str, str, str]:  # noqa: PLR0911 - one for each kind of need
    if need.kind in DELIVERABLE:
        url = address("transition:deliverable", deal.pk, need.subject)
        return "file-check", need.name, DELIVERABLE[need.kind], url
    if need.kind == "gate":
        url = address("readiness:gate", deal.pk, need.subject)
        return "signature", f"Sign {need.name}", "Go or no-go, over frozen evidence", url
    if need.kind in WAITING:
        said, route = WAITING[need.kind]
        return "clock", need.name, said, address(route, deal.pk)
    if need.kind == "activity":
        url = address("transition:activity", deal.pk, need.subject)
        return "list", need.name, "Your activity of the plan", url
    if need.kind == "promise":
        url = address("transition:activity", deal.pk, need.subject)
        return "flag", need.name, "Agreed in the contract, foreseen later", url
    if need.kind == "baseline":
        url = address("transition:baseline", deal.pk)
        return "signature", "Agree to the dates of the plan as the baseline", "", url
    if need.kind == "cover":
        return "calendar-time", "Agree how holidays are covered", "", address("transition:year", deal.pk)
    if need.kind == "freeze":
        return "player-pause", "Answer a freeze of the plan", need.name, address("transition:frame", deal.pk)
    if need.kind == "growth":
        return "list", "Answer whether the plan grows", f"To {need.name}", address("transition:grow", deal.pk)
    url = address("transition:changes", deal.pk)
    return "calendar-event", "Answer a proposed change of the plan", need.name, url
