"""A register filtered and sorted, the same way for its page, its files and the API."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, Value, When

from handfast.governance.queries.columns import columns_of, tidy_columns, unknown_columns
from handfast.governance.refusals import FilterUnknown
from handfast.people.models import Membership

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.db.models.expressions import OrderBy

    from handfast.engagement.models import Engagement
    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import OwnField, Register

OPEN, DONE = "any-open", "any-done"
NOBODY = "nobody"
SIDES = {"client": "client", "provider": "provider"}
SEEN = {"shared": "shared", "own": "only us"}
SORTS: dict[str, tuple[str, tuple[str | OrderBy, ...]]] = {
    "newest": ("Newest first", ("-created_at", "-number", "id")),
    "oldest": ("Oldest first", ("created_at", "number", "id")),
    "due": ("Due first", (F("due_on").asc(nulls_last=True), "-created_at", "-number", "id")),
    "title": ("By title", ("title", "-created_at", "id")),
    "changed": ("Last changed", ("-changed_at", "-number", "id")),
}
LEVEL = "level"  # the highest of a register's level first, as the most severe issue
NUMBER = re.compile(r"[A-Za-z]{1,4}-(own-)?([0-9]{1,9})")
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a register, in which order and columns; empty words ask for all, and for the usual columns."""

    text: str = ""
    state: str = ""
    owner: str = ""
    side: str = ""
    seen: str = ""
    overdue: str = ""
    choice: str = ""
    sort: str = "newest"
    columns: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self.narrowing != Asked()

    @property
    def narrowing(self) -> Asked:
        """The same without its order and columns: what is counted."""
        return replace(self, sort="newest", columns="")

    @property
    def words(self) -> dict[str, str]:
        """What it says beside the usual, by the words of an address: so it is kept."""
        usual = asdict(Asked())
        return {name: said for name, said in asdict(self).items() if said != usual[name]}


def choice_of(register: Register) -> OwnField | None:
    """The own field by which a register is filtered: the first of which the values are declared."""
    return next((one for one in register.own if one.kind == "choice"), None)


def sorts_of(register: Register) -> dict[str, str]:
    """The orders of a register, with what they are called."""
    field = choice_of(register)
    named = {key: said for key, (said, _) in SORTS.items()}
    return named | ({LEVEL: f"{field.label}, highest first"} if field and field.is_level else {})


def asked_of(register: Register, given: Mapping[str, str]) -> Asked:
    """What an address asks. Raises FilterUnknown, which names what can be asked."""
    words = {name: (given.get(name) or "").strip() for name in Asked.__dataclass_fields__}
    tidy = {
        "sort": words["sort"] or "newest",
        "text": words["text"][:LONGEST_SEARCH],
        "columns": tidy_columns(register, words["columns"]),
    }
    asked = Asked(**(words | tidy))
    allowed = {
        "state": (OPEN, DONE, *(one.key for one in register.states)),
        "side": tuple(SIDES),
        "seen": tuple(SEEN),
        "overdue": ("1",),
        "choice": tuple(key for key, _ in field.choices) if (field := choice_of(register)) else (),
        "sort": tuple(sorts_of(register)),
    }
    faults = [
        (
            name,
            f"choose one of {', '.join(can)}"
            if can
            else f"{register.name} has nothing to choose: leave it out",
        )
        for name, can in allowed.items()
        if words[name] and words[name] not in can
    ]
    if asked.owner not in ("", NOBODY) and _id_of(asked.owner) is None:
        faults.append(("owner", f"the id of a person, or {NOBODY}"))
    if unknown_columns(register, asked.columns):
        faults.append(("columns", f"choose among {', '.join(columns_of(register))}"))
    if faults:
        told = "; ".join(f"{name}: {fault}" for name, fault in faults)
        raise FilterUnknown(f"the register cannot be filtered like this: {told}", faults)
    return asked


def condition_of(asked: Asked, register: Register, deal: Engagement, *, today: date) -> Q:
    """What an entry must be to be asked for; empty where all are."""
    found = Q()
    if asked.state in (OPEN, DONE):
        found &= Q(is_done=asked.state == DONE)
    elif asked.state:
        found &= Q(state=asked.state)
    if asked.owner:
        found &= Q(owner_id=UUID(asked.owner)) if asked.owner != NOBODY else Q(owner_id__isnull=True)
    if asked.side:
        members = Membership.objects.filter(engagement_id=deal.pk, side=asked.side)
        found &= Q(owner_id__in=members.values("person_id"))
    if asked.seen:
        here = Q(space_id=deal.space_id)
        found &= here if asked.seen == "shared" else ~here
    if asked.overdue:
        found &= Q(is_done=False, due_on__lt=today)
    if asked.choice and (field := choice_of(register)):
        found &= Q(**{f"own__{field.key}": asked.choice})
    if asked.text:
        found &= _saying(asked.text, deal)
    return found


def chosen(
    rows: QuerySet[RegisterEntry], asked: Asked, register: Register, deal: Engagement, *, today: date
) -> QuerySet[RegisterEntry]:
    """The rows that are asked for, in their order."""
    rows = rows.filter(condition_of(asked, register, deal, today=today))
    field = choice_of(register)
    if asked.sort == LEVEL and field:
        return rows.order_by(_highest_first(field), *SORTS["newest"][1])
    return rows.order_by(*SORTS[asked.sort][1])


def _highest_first(field: OwnField) -> OrderBy:
    ranks = (
        When(**{f"own__{field.key}": key}, then=Value(rank)) for rank, (key, _) in enumerate(field.choices, 1)
    )
    return Case(*ranks, default=Value(0), output_field=IntegerField()).desc()


def _saying(text: str, deal: Engagement) -> Q:
    """By what an entry says; a number, as in `I-12`, finds the entry itself."""
    if found := NUMBER.fullmatch(text):
        here = Q(space_id=deal.space_id)
        return Q(number=int(found[2])) & (~here if found[1] else here)
    return Q(title__icontains=text) | Q(text__icontains=text) | Q(tags__icontains=text)


def _id_of(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
