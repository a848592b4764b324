"""What was found, in words: its name, where it stands, the words around what is looked for, and its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from handfast.engagement.queries import party_of
from handfast.foundation.search.words import words_of
from handfast.governance.registers import REGISTERS
from handfast.people.queries import GONE, names_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.queries.finding import Hit

# What each kind is called, one and many, and its icon.
NAMED = {
    "entry": ("Register entry", "Entries of registers", "list"),
    "person": ("Person", "People", "users"),
    "activity": ("Activity", "Activities of the plan", "calendar-event"),
    "milestone": ("Milestone", "Milestones of the contract", "flag"),
    "deliverable": ("Deliverable", "Deliverables", "file-check"),
    "agreement": ("Agreement", "Agreements", "writing-sign"),
    "statement": ("Statement", "Statements", "report"),
    "source": ("Source", "Sources of records", "upload"),
    "document": ("Document", "Documents", "file-text"),
    "comment": ("Comment", "Comments", "message"),
    "file": ("File", "Files", "files"),
    "reference": ("Link elsewhere", "Links elsewhere", "external-link"),
}
# The page of each kind, and what its address names beside the engagement: the thing, a part of it, a place on the page.
PAGES = {
    "entry": ("governance:entry", "id"),
    "person": ("engagement:people", ""),
    "activity": ("transition:activity", "id"),
    "milestone": ("contract:milestones", "#"),
    "deliverable": ("transition:deliverable", "id"),
    "agreement": ("contract:terms", "id"),
    "statement": ("operate:statement", "at"),
    "source": ("records:sources", ""),
    "document": ("evidence:document", "id"),
    "comment": ("evidence:comment", "id"),
    "file": ("evidence:files", "place"),
    "reference": ("evidence:files", "place"),
}
AROUND = 60  # letters of the text before and after the word
MENTION = re.compile(r"@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """One hit. `said` is the text around the first word that is looked for, in three parts; empty where the name says it."""

    name: str
    kind: str
    icon: str
    where: str
    url: str
    said: tuple[str, str, str] | None
    side: str
    party: str


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind; `is_more` where not all of them are here."""

    kind: str
    name: str
    lines: Sequence[Line]
    is_more: bool


def groups_of(
    actor: Actor, deals: Iterable[Engagement], hits: Mapping[str, Sequence[Hit]], words: tuple[str, ...], *, most: int
) -> list[Group]:  # fmt: skip
    """The kinds in their order, each with at most so many lines."""
    known = {one.pk: one for one in deals}
    told = (one for one in hits.get("comment", ()) for one in MENTION.findall(one.said))
    persons = {UUID(one) for one in told}
    names = names_seen_by(actor, persons) if persons else {}
    return [
        Group(
            kind,
            NAMED[kind][1],
            [line_of(actor, one, known[one.engagement], words, names) for one in some[:most]],
            len(some) > most,
        )
        for kind, some in hits.items()
    ]


def line_of(
    actor: Actor, hit: Hit, deal: Engagement, words: tuple[str, ...], names: Mapping[UUID, str]
) -> Line:
    """One hit in words; `names` are those of people whom a comment mentions."""
    text = MENTION.sub(lambda found: f"@{names.get(UUID(found[1]), GONE)}", hit.said)
    own = party_of(deal, actor.organisation) if hit.space not in (None, deal.space_id) else None
    singular, _, icon = NAMED[hit.kind]
    if hit.kind == "entry":
        singular = REGISTERS[hit.at].singular.capitalize()
    kind = f"{singular}, {hit.note}" if hit.note else singular
    is_text = hit.kind in ("entry", "comment", "document", "deliverable")
    said = around_word(text, words) if is_text else None
    name = hit.name or "".join(said or (text[: 2 * AROUND], "", ""))
    return Line(
        name,
        kind,
        icon,
        deal.name,
        _url(hit, deal),
        said if hit.name else None,
        own.side if own else "",
        own.name if own else "",
    )


def around_word(text: str, words: tuple[str, ...]) -> tuple[str, str, str] | None:
    """The first word of the text that is looked for, with some of what stands before and after it; None where there is none."""
    line = " ".join(text.split())
    for found in WORD.finditer(line):
        if any(word.startswith(words) for word in words_of(found[0])):
            start, end = max(0, found.start() - AROUND), found.end() + AROUND
            if start and line[start - 1] != " ":
                start = line.find(" ", start, found.start()) + 1 or start
            before = ("…" if start else "") + line[start : found.start()]
            return before, found[0], line[found.end() : end] + ("…" if end < len(line) else "")
    return None


def _url(hit: Hit, deal: Engagement) -> str:
    route, own = PAGES[hit.kind]
    told: list[object] = [getattr(hit, own)] if own in ("id", "at") else []
    if own == "place":  # of the thing beside which it is kept
        told = list(hit.at.split("/"))
    page = reverse(route, args=[deal.pk, *told])
    return f"{page}#{hit.at}" if own == "#" else page
