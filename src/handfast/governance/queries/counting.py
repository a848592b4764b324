"""How many entries each view of a register holds: one question of columns that one index holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count

from handfast.governance.queries.asked import Asked, condition_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import Register

MOST_READ = 2_000  # what is counted by words or by an own field reads the entries themselves
ALL, OVERDUE = Asked(), Asked(overdue="1")


def counts_of(
    rows: QuerySet[RegisterEntry],
    wanted: Iterable[Asked],
    register: Register,
    deal: Engagement,
    *,
    today: date,
) -> Mapping[Asked, int]:
    """By what is asked, without its order: all, what is overdue, and each that is wanted.

    What searches words or an own field is left out where the register is large: so many entries are not read for a
    number beside a name.
    """
    asked = {one.narrowing for one in wanted} - {ALL}
    held = {one for one in asked if _is_held(one)} | {OVERDUE}
    conditions = {one: condition_of(one, register, deal, today=today) for one in asked | held}
    rows = rows.order_by()
    found = _counted(rows, conditions, held, all=Count("*"))
    if asked - held and found[ALL] <= MOST_READ:
        found |= _counted(rows, conditions, asked - held)
    return found


def _is_held(asked: Asked) -> bool:
    return not (asked.text or asked.choice)


def _counted(
    rows: QuerySet[RegisterEntry], conditions: Mapping[Asked, Any], wanted: Iterable[Asked], **more: Count
) -> dict[Asked, int]:
    named = {f"view_{place}": one for place, one in enumerate(wanted)}
    told = rows.aggregate(
        **more, **{name: Count("is_done", filter=conditions[one]) for name, one in named.items()}
    )
    return {named.get(name, ALL): count for name, count in told.items()}
