"""A register as it was asked for: how many in which state, and every entry, with its own fields."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from handfast.governance.queries.asked import Asked, asked_of, choice_of, chosen, sorts_of
from handfast.governance.queries.entries import entries_seen_by, register_seen_by, today_in
from handfast.governance.web.rows import export_heads, export_rows, people_of, seeing
from handfast.operate.web.pictures.wording import counted
from handfast.packs.kinds.declared import MOST_ROWS, Kind, Told
from handfast.packs.kinds.tables import columns_of, rows_of
from handfast.packs.refusals import PackTooLong
from handfast.packs.report import Bars, Facts, Link, Page, Table
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import Register
    from handfast.packs.kinds.declared import Asking
    from handfast.packs.report import Part

WORDS = tuple(word for word in Asked.__dataclass_fields__ if word != "columns")
SAID = {
    "text": "Saying", "state": "State", "owner": "Owner", "side": "Side of the owner", "seen": "Who sees it",
    "overdue": "Overdue", "choice": "Field", "sort": "Order",
}  # fmt: skip
ON_PAPER = frozenset({"Number", "Title", "State", "Owner", "Due", "Written", "Who sees it"})
LONGEST_TEXT = 80


def register_told(asking: Asking) -> Told:
    """The entries that are asked for, in their order. Raises NotSeen, PackRefused, PackTooLong."""
    actor, deal = asking.actor, asking.deal
    register = register_seen_by(asking.actor, asking.deal, asking.words["register"])
    asked, today = asked_of(register, asking.words), today_in(deal, asking.at)
    rows = chosen(entries_seen_by(actor, deal.pk, register), asked, register, deal, today=today)
    entries = list(rows[: MOST_ROWS + 1])
    if len(entries) > MOST_ROWS:
        raise PackTooLong(
            f"a pack holds {MOST_ROWS:,} entries and there are more: ask for fewer by the filters, or take the list as CSV"
        )
    path = reverse("governance:entries", args=[deal.pk, register.key])
    path += f"?{urlencode(asked.words)}" if asked.words else ""
    about = f"{register.name} saying “{asked.text}”" if asked.text else register.name
    found = "in view" if asked.is_narrowed else "in all"
    subject = f"{about[: LONGEST_TEXT + 20]}, {len(entries):,} {found}"
    sentence = _sentence(register, entries, today)
    summary = Page(
        title=register.name, sentence=sentence, parts=_summary(asking, register, asked, entries), path=path
    )
    table = _table(asking, register, entries, today)
    listed = Page(title=f"{register.name}, every entry", sentence=sentence, parts=(table,), path=path)
    return Told(subject, path, (summary, listed))


def _sentence(register: Register, entries: Sequence[RegisterEntry], today: date) -> str:
    stand = sum(not one.is_done for one in entries)
    late = sum(not one.is_done and one.due_on is not None and one.due_on < today for one in entries)
    if not entries:
        return f"No {register.singular} is asked for here."
    return f"{counted(len(entries), register.singular)}: {stand:,} open, {late:,} of them late on {today.day} {today:%b %Y}."


def _summary(
    asking: Asking, register: Register, asked: Asked, entries: Sequence[RegisterEntry]
) -> tuple[Part, ...]:
    states = Counter(one.state for one in entries)
    parts: list[Part] = [
        Bars(
            title=f"{register.name} by state",
            bars=tuple((one.name, states[one.key]) for one in register.states),
        )
    ]
    if (field := choice_of(register)) is not None:
        standing = Counter(one.own.get(field.key, "") for one in entries if not one.is_done)
        bars = tuple((said, standing[key]) for key, said in field.choices)
        parts.append(Bars(title=f"Open by {field.label.lower()}", bars=bars))
    told = tuple(
        (SAID[word], _said(asking, register, word, said))
        for word, said in asked.words.items()
        if word in SAID
    )
    return (*parts, Facts(title="Asked for", rows=told or (("Filter", "none: all that its readers see"),)))


def _said(asking: Asking, register: Register, word: str, said: str) -> str:
    """A word of the filter as people read it."""
    if word == "state":
        return next((one.name for one in register.states if one.key == said), said.removeprefix("any-"))
    if word == "choice" and (field := choice_of(register)):
        return f"{field.label}: {field.shown(said)}"
    if word == "sort":
        return sorts_of(register)[said]
    if word == "overdue":
        return "yes"
    if word == "owner" and said != "nobody":
        return names_seen_by(asking.actor, [UUID(said)]).get(UUID(said), "somebody")
    return said


def _table(asking: Asking, register: Register, entries: Sequence[RegisterEntry], today: date) -> Table:
    actor, deal = asking.actor, asking.deal
    persons = {who for one in entries for who in (one.owner_id, one.created_by_id, one.changed_by_id)}
    seen = seeing(actor, deal, people_of(actor, deal), persons, today)
    cells = rows_of(export_rows(entries, register, seen))
    rows = tuple(
        (Link(said=one.name, path=reverse("governance:entry", args=[deal.pk, one.pk])), *row[1:])
        for one, row in zip(entries, cells, strict=True)
    )
    listed = ON_PAPER | {one.label for one in register.own if one.is_listed}
    columns = tuple(
        one.model_copy(update={"is_on_paper": one.name in listed})
        for one in columns_of(export_heads(register), rows)
    )
    none = f"No {register.singular} is asked for here."
    return Table(title="", columns=columns, rows=rows, none=none, is_on_slides=False)


REGISTER = Kind(
    key="register",
    name="Register",
    purpose="A register as it is filtered: how many in which state, and every entry.",
    asks=("register", *WORDS),
    telling=register_told,
)
