"""Both sides write in the same second: every entry has a number of its own, and none is left out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import make_cast
from tests.factories.racing import at_once
from tests.governance.kept import AT, moved, written
from tests.governance.views import amended_view, names_seen, saved

from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.governance.actions import take_in
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.asked import Asked
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.queries.views import ViewSaid
from handfast.governance.reading.rows import Row
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 4, 5


def writes(cast: Cast, by: Person) -> None:
    for number in range(EACH):
        written(cast, by, title=f"Headsets drop, {number}")


def test_entries_that_are_written_at_once_are_numbered_without_a_gap() -> None:
    cast = make_cast()
    writers = [cast.owner, cast.delivery] * (WRITERS // 2)
    assert at_once(*(partial(writes, cast, one) for one in writers)) == ["won"] * WRITERS
    with entered(cast.actor(cast.owner).reach):
        numbers = RegisterEntry.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, WRITERS * EACH + 1))
        assert Contents.objects.filter(action="entry.written").count() == WRITERS * EACH


def test_of_two_moves_of_one_entry_in_the_same_second_one_is_heard() -> None:
    cast = make_cast()
    entry = written(cast, cast.owner)
    with entered(cast.actor(cast.owner).reach):
        mine = RegisterEntry.objects.select_related("engagement", "space").get(pk=entry.pk)
    with entered(cast.actor(cast.delivery).reach):
        theirs = RegisterEntry.objects.select_related("engagement", "space").get(pk=entry.pk)
    ends = at_once(
        lambda: moved(cast, cast.owner, mine, "in-work"),
        lambda: moved(cast, cast.delivery, theirs, "withdrawn"),
    )
    assert ends.count("won") == 1, ends
    with entered(cast.actor(cast.owner).reach):
        kept = RegisterEntry.objects.get(pk=entry.pk)
        assert (kept.state, kept.changed_at) == (("in-work", "withdrawn")[ends.index("won")], AT)
        assert Contents.objects.filter(action="entry.moved").count() == 1


def takes_in(cast: Cast, by: Person, titles: list[str]) -> None:
    actor, register = cast.actor(by), REGISTERS["issues"]
    with entered(actor.reach):
        space = space_to_write_in(actor, cast.engagement, is_internal=False)
    rows = [Row(place, None, EntrySaid(title), "open") for place, title in enumerate(titles, start=2)]
    take_in(actor, space, register=register, rows=rows, at=AT)


def test_of_two_who_take_the_same_sheet_in_at_once_one_writes_it_and_others_leave_no_gap() -> None:
    cast = make_cast()
    same = [f"Headsets drop, {place}" for place in range(7)]
    ends = at_once(
        lambda: takes_in(cast, cast.owner, same),
        lambda: takes_in(cast, cast.delivery, same),
        lambda: takes_in(cast, cast.delivery, [f"Other, {place}" for place in range(5)]),
    )
    assert sorted(ends[:2]) == ["nothing-to-take-in", "won"]
    assert ends[2] == "won"
    with entered(cast.actor(cast.owner).reach):
        rows = list(RegisterEntry.objects.order_by("number").values_list("number", "title"))
    assert [number for number, _ in rows] == list(range(1, 13))
    assert len({title for _, title in rows}) == 12


def test_of_two_who_save_views_of_one_name_at_once_one_is_kept() -> None:
    cast = make_cast()
    ends = at_once(*[lambda: saved(cast, cast.owner)] * 3)
    assert sorted(ends) == ["view-refused", "view-refused", "won"]
    assert names_seen(cast, cast.owner) == ["To do"]


def test_of_two_views_that_get_one_name_at_once_one_has_it() -> None:
    cast = make_cast()
    first, second = saved(cast, cast.owner, "First"), saved(cast, cast.owner, "Second")
    same = ViewSaid("Same", Asked(overdue="1"))
    ends = at_once(
        lambda: amended_view(cast, cast.owner, first, same),
        lambda: amended_view(cast, cast.owner, second, same),
    )
    assert sorted(ends) == ["view-refused", "won"]
