"""What the pages of a month show besides its figures: states in words, who did what, and what it was made from."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.contract.queries import parsed_terms
from handfast.foundation.web.instants import both_zones
from handfast.operate.models import Statement
from handfast.operate.queries.adjusting import not_applicable
from handfast.operate.queries.causes import cause_lines, follows
from handfast.operate.web.pictures.causes_view import CausesView, causes_view
from handfast.operate.web.pictures.verdictwords import status_of, verdict_words
from handfast.operate.web.pictures.wording import amount_text, month_text, value_text
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from handfast.contract.models import TermsVersion
    from handfast.engagement.models import Engagement, Party
    from handfast.foundation.actor import Actor
    from handfast.operate.models import StatementDraft
    from handfast.operate.queries.computed import Chosen

State = Statement.State
STATUS = {State.ISSUED: "running", State.DISPUTED: "missed", State.AGREED: "met", State.SUPERSEDED: "stale"}
GROUP = 8


def digest_text(digest: str) -> str:
    """A digest in groups of eight, as people compare it."""
    return " ".join(digest[start : start + GROUP] for start in range(0, len(digest), GROUP))


def credit_of(body: Mapping[str, Any]) -> str:
    """The credit with thousands parted; empty where no money hangs on the month."""
    consequence = body["consequence"]
    return amount_text(consequence["credit"]) if consequence and "credit" in consequence else ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One side's box: who answered for it and when, or who may."""

    side: str
    organisation: str
    name: str
    instant: str
    is_signed: bool
    state: str


def signatures_of(statement: Statement, engagement: Engagement, names: Mapping[UUID, str]) -> list[Signature]:
    """The issuer signed by issuing; the other by agreeing. A side that is not in the system is said to be so."""
    zones = [party.zone for party in engagement.parties.all()]
    return [_signature(statement, party, names, zones) for party in _provider_first(engagement)]


def _provider_first(engagement: Engagement) -> list[Party]:
    return sorted(engagement.parties.all(), key=lambda party: party.side, reverse=True)


def _signature(
    statement: Statement, party: Party, names: Mapping[UUID, str], zones: Sequence[str]
) -> Signature:
    if party.organisation_id == statement.issued_for_id:
        who = names.get(statement.issued_by_id, "") if statement.issued_by_id else ""
        return Signature(party.side, party.name, who, both_zones(statement.issued_at, zones), True, "issued")
    if party.organisation_id is None:
        said = f"{party.name} is not in the system: not countersigned"
        return Signature(party.side, party.name, "", said, False, "not countersigned")
    if statement.answered_at is not None and statement.answered_for_id == party.organisation_id:
        who = names.get(statement.answered_by_id, "") if statement.answered_by_id else ""
        is_agreed = statement.state == State.AGREED
        word = "" if is_agreed else "disputed "
        when = word + both_zones(statement.answered_at, zones)
        return Signature(party.side, party.name, who, when, is_agreed, statement.state)
    by = f"Answer by {statement.answer_by_on:%-d %b %Y}" if statement.answer_by_on else "Waits for an answer"
    return Signature(party.side, party.name, "", by, False, "waits")


def state_words(statement: Statement, engagement: Engagement) -> str:
    """`Revision 2, waits for Lumen`."""
    return f"Revision {statement.revision}, {answer_words(statement, engagement)}"


def answer_words(statement: Statement, engagement: Engagement) -> str:
    """`waits for Lumen`, `agreed by both`."""
    others = [one for one in engagement.parties.all() if one.organisation_id != statement.issued_for_id]
    other = others[0] if others else None
    match statement.state:
        case State.AGREED:
            said = "agreed by both"
        case State.DISPUTED:
            said = f"disputed by {other.name}" if other else "disputed"
        case State.SUPERSEDED:
            said = "replaced"
        case _ if other is None or other.organisation_id is None:
            said = "not countersigned"
        case _:
            said = f"waits for {other.name}"
    return said


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A month in the list of statements."""

    period: str
    title: str
    url: str
    words: str
    status: str
    credit: str
    levels: str
    issued: str


def line_of(statement: Statement, engagement: Engagement, url: str) -> StatementLine:
    """One month: its state, what it costs, how many levels were met."""
    body = json.loads(statement.body)
    met = sum(level["verdict"] == "met" for level in body["levels"])
    return StatementLine(
        statement.period,
        month_text(statement.period),
        url,
        state_words(statement, engagement),
        STATUS[State(statement.state)],
        credit_of(body),
        f"{met} of {len(body['levels'])} met",
        f"{statement.issued_at:%-d %b %Y}",
    )


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """One kind of input: what it was, and the beginning of its digest."""

    name: str
    said: str
    digest: str


def made_from(body: Mapping[str, Any], chosen: Chosen, terms: str) -> list[MadeFrom]:
    """The inputs by name, with the first digits of their digests; `terms` says by which version (`terms_words`)."""
    digests = body["inputs"]
    adjustments = body["adjustments"]
    found = _records_made_from(digests["records"], chosen)
    found.append(MadeFrom("Terms", terms, _short(digests["terms"])))
    found.append(MadeFrom("Calendars", "compiled annex", _short(digests["annex"])))
    said = f"{adjustments['in_force']} accepted, {adjustments['open']} open"
    found.append(MadeFrom("Adjustments", said, _short(digests["adjustments"])))
    absent = not_applicable(chosen.adjustments, parsed_terms(chosen.terms))
    return [
        *found,
        *(MadeFrom(one.name, f"not applicable under these terms: {one.why}", "") for one in absent),
    ]


def terms_words(used: TermsVersion, latest: TermsVersion | None, *, is_agreed: bool) -> str:
    """The version that judged a month; and where `latest` reaches back into it, what that does."""
    if latest is None or latest.pk == used.pk:
        return f"version {used.number}"
    since = f"version {latest.number}, which counts from {latest.in_force_on:%-d %b %Y}"
    if is_agreed:
        return f"version {used.number}, under which the month was agreed; {since}, leaves it as it is"
    return f"version {used.number}; computed again, {since}, judges it"


def _records_made_from(digests: Mapping[str, str], chosen: Chosen) -> list[MadeFrom]:
    """A line for each source: a digest stands for the records of one source, never for those of all."""
    counts = Counter(batch.source.key for batch in chosen.batches)
    said = {key: f"{counts[key]} batch{'es' if counts[key] != 1 else ''}" for key in digests}
    return [MadeFrom(f"Records, {key}", said[key], _short(digests[key])) for key in sorted(digests)]


def _short(digest: str | None) -> str:
    return f"{digest[:4]} {digest[4:8]}" if digest else ""


def credit_of_line(body: str, level: str) -> str:
    """The credit that hangs on one level, with thousands parted; empty where none does."""
    consequence = json.loads(body)["consequence"] or {}
    line: dict[str, Any] = next((one for one in consequence.get("lines", ()) if one["level"] == level), {})
    return amount_text(line["credit"]) if Decimal(line.get("credit", 0)) else ""


def causes_shown(
    actor: Actor, made: Statement | StatementDraft, former: Statement | None, zone: str
) -> CausesView | None:
    """Why a month says something else than the revision before it; None where nobody computed it."""
    if former is None or not follows(made, former):
        return None
    lines = cause_lines(made)
    names = names_seen_by(actor, [cause.by for line in lines for cause in line.causes])
    return causes_view(lines, json.loads(former.body), json.loads(made.body), names, zone)


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A level as it is signed: what was measured, how it was judged, what it costs."""

    name: str
    measured: str
    status: str
    verdict: str
    credit: str


def lines_signed(statement: Statement) -> list[SignedLine]:
    """Every level of a month, in few words: whoever signs a digest reads what it stands for."""
    return [
        SignedLine(
            level["name"],
            value_text(level["value"], level["unit"]),
            status_of(level),
            verdict_words(level),
            credit_of_line(statement.body, level["id"]),
        )
        for level in json.loads(statement.body)["levels"]
    ]
