"""A saved view is its person's, is shared with the own side only, and is changed and removed by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from tests.factories.cast import Cast, joined, narrowed
from tests.governance.kept import AT
from tests.governance.views import OPEN, amended_view, names_seen, removed, saved

from handfast.foundation.models import Contents, Space
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.governance.actions import bring_back_view, save_view
from handfast.governance.models import SavedView
from handfast.governance.queries.asked import Asked
from handfast.governance.queries.views import MOST_VIEWS, ViewSaid, view_seen_by
from handfast.governance.refusals import FilterUnknown, ViewGone, ViewRefused, ViewUnchanged
from handfast.governance.registers import REGISTERS
from handfast.people.queries import own_roles

if TYPE_CHECKING:
    from handfast.people.models import Person

SOON, LATER = timedelta(seconds=9), timedelta(seconds=11)


@pytest.fixture
def colleague(cast: Cast) -> Person:
    """Another of the client's, who keeps registers and manages nobody."""
    return joined(
        cast.actor(cast.owner), cast.engagement, "client", ["finance"], "Helen Osei", "lumen"
    ).person


def test_view_of_ones_own_is_seen_by_nobody_else(cast: Cast, colleague: Person) -> None:
    saved(cast, cast.owner)
    assert names_seen(cast, cast.owner) == ["To do"]
    assert names_seen(cast, cast.owner, "actions") == []
    for other in (colleague, cast.reader, cast.delivery):
        assert names_seen(cast, other) == []


def test_view_is_shared_with_the_own_side_or_with_one_of_its_roles(cast: Cast, colleague: Person) -> None:
    saved(cast, cast.owner, "All of us", shared_with="side")
    saved(cast, cast.owner, "The money", shared_with="finance")
    assert names_seen(cast, colleague) == ["All of us", "The money"]
    assert names_seen(cast, cast.reader) == ["All of us"]
    assert names_seen(cast, cast.delivery) == []
    assert own_roles(cast.actor(colleague), cast.engagement.pk) == {"finance"}


def test_one_view_is_seen_as_the_list_of_them_says(cast: Cast, colleague: Person) -> None:
    own, money, side = (
        saved(cast, cast.owner, name, shared_with=name) for name in ("alone", "finance", "side")
    )
    sights = {
        cast.owner: {own, money, side},
        colleague: {money, side},
        cast.reader: {side},
        cast.delivery: set(),
    }
    for person, seen in sights.items():
        actor = cast.actor(person)
        for view in (own, money, side):
            with entered(actor.reach):
                if view in seen:
                    assert view_seen_by(actor, view.pk) == view
                else:
                    with pytest.raises(NotSeen):
                        view_seen_by(actor, view.pk)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (ViewSaid(" ", OPEN), "name"),
        (ViewSaid("two\nlines", OPEN), "name"),
        (ViewSaid("n" * 61, OPEN), "name"),
        (ViewSaid("To do ", OPEN), "name"),
        (ViewSaid("Other", OPEN, "everybody"), "shared_with"),
        (ViewSaid("Other", OPEN, "delivery-manager"), "shared_with"),
        (ViewSaid("Other", Asked(text="a\x00b")), "text"),
    ],
)
def test_view_that_cannot_be_kept_names_the_field(cast: Cast, said: ViewSaid, field: str) -> None:
    saved(cast, cast.owner)
    with pytest.raises(ViewRefused) as refused:
        saved(cast, cast.owner, said.name, said.asked, shared_with=said.shared_with)
    assert [name for name, _ in refused.value.fields] == [field]
    assert names_seen(cast, cast.owner) == ["To do"]


def test_view_that_asks_what_the_register_does_not_have_is_not_kept(cast: Cast) -> None:
    with pytest.raises(FilterUnknown):
        saved(cast, cast.owner, "Severe", Asked(choice="severe"), register="actions")


def test_same_name_is_free_for_others_and_in_other_registers(cast: Cast, colleague: Person) -> None:
    for by, register in ((cast.owner, "issues"), (cast.owner, "actions"), (colleague, "issues")):
        assert saved(cast, by, "Late", register=register).name == "Late"


def test_thirty_views_of_a_register_are_enough(cast: Cast) -> None:
    for number in range(MOST_VIEWS):
        last = saved(cast, cast.owner, f"View {number}")
    with pytest.raises(ViewRefused, match="at most 30"):
        saved(cast, cast.owner, "One more")
    assert amended_view(cast, cast.owner, last, ViewSaid("Another name", OPEN)).name == "Another name"
    removed(cast, cast.owner, last)
    assert saved(cast, cast.owner, "One more").name == "One more"


def test_view_is_saved_in_the_own_sides_space_only(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        shared = Space.objects.get(pk=cast.engagement.space_id)
    with pytest.raises(NotPermitted):
        save_view(actor, shared, register=REGISTERS["issues"], said=ViewSaid("To do", OPEN), at=AT)


def test_reader_saves_no_view(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        saved(cast, cast.reader)


def test_amended_view_is_held_to_what_was_seen_of_it(cast: Cast) -> None:
    view = saved(cast, cast.owner)
    late = ViewSaid("Late", Asked(overdue="1"), "side")
    after = amended_view(cast, cast.owner, view, late)
    assert (after.name, after.asked, after.shared_with) == ("Late", {"overdue": "1"}, "side")
    with pytest.raises(Conflict):
        amended_view(cast, cast.owner, view, ViewSaid("Later", OPEN))
    with pytest.raises(ViewUnchanged):
        amended_view(cast, cast.owner, after, late)


def test_shared_view_is_changed_by_its_person_and_removed_also_by_who_manages_people(
    cast: Cast, colleague: Person
) -> None:
    view = saved(cast, colleague, shared_with="side")
    with pytest.raises(NotPermitted):
        amended_view(cast, cast.owner, view, ViewSaid("Mine now", OPEN))
    with pytest.raises(NotPermitted):
        removed(cast, cast.reader, view)
    assert removed(cast, cast.owner, view).removed_by_id == cast.owner.pk
    with pytest.raises(NotPermitted):
        bring_back_view(cast.actor(colleague), view, at=AT)
    assert bring_back_view(cast.actor(cast.owner), view, at=AT + SOON).removed_at is None
    assert names_seen(cast, colleague) == ["To do"]


def test_who_manages_people_removes_nothing_that_is_kept_for_oneself(cast: Cast, colleague: Person) -> None:
    with pytest.raises(NotPermitted):
        removed(cast, cast.owner, saved(cast, colleague))


def test_person_who_keeps_registers_no_more_changes_and_brings_back_nothing(cast: Cast) -> None:
    view = removed(cast, cast.owner, saved(cast, cast.owner))
    with pytest.raises(NotPermitted):
        bring_back_view(narrowed(cast.actor(cast.owner), "see"), view, at=AT)


def test_removed_view_is_seen_by_who_removed_it_and_comes_back_for_ten_seconds(
    cast: Cast, colleague: Person
) -> None:
    view = saved(cast, cast.owner, shared_with="side")
    removed(cast, cast.owner, view)
    assert names_seen(cast, cast.owner) == names_seen(cast, colleague) == []
    with entered(cast.actor(colleague).reach), pytest.raises(NotSeen):
        view_seen_by(cast.actor(colleague), view.pk)
    with entered(cast.actor(cast.owner).reach):
        again = view_seen_by(cast.actor(cast.owner), view.pk)
    with pytest.raises(ViewGone):
        removed(cast, cast.owner, again)
    with pytest.raises(ViewGone):
        amended_view(cast, cast.owner, again, ViewSaid("Late", OPEN))
    with pytest.raises(ViewGone):
        bring_back_view(cast.actor(cast.owner), again, at=AT + LATER)
    assert bring_back_view(cast.actor(cast.owner), again, at=AT + SOON).name == "To do"
    with pytest.raises(ViewUnchanged):
        bring_back_view(cast.actor(cast.owner), again, at=AT + SOON)
    assert names_seen(cast, colleague) == ["To do"]


def test_view_does_not_come_back_beside_another_of_its_name(cast: Cast) -> None:
    view = removed(cast, cast.owner, saved(cast, cast.owner))
    saved(cast, cast.owner)
    with pytest.raises(ViewRefused):
        bring_back_view(cast.actor(cast.owner), view, at=AT)


def test_what_was_removed_is_gone_with_the_next_that_is_saved_or_removed(cast: Cast) -> None:
    first = removed(cast, cast.owner, saved(cast, cast.owner))
    second = saved(cast, cast.owner, "Second", at=AT + SOON)
    with entered(cast.actor(cast.owner).reach):
        assert SavedView.objects.filter(pk=first.pk).exists()
    removed(cast, cast.owner, second, at=AT + LATER)
    with entered(cast.actor(cast.owner).reach):
        assert not SavedView.objects.filter(pk=first.pk).exists()
        assert SavedView.objects.filter(pk=second.pk).exists()


def test_journal_of_the_own_side_tells_of_views_without_their_words(cast: Cast) -> None:
    view = saved(cast, cast.owner, "Refunds at night", Asked(text="refund"), shared_with="side")
    removed(cast, cast.owner, view)
    with entered(cast.actor(cast.owner).reach):
        told = list(Contents.objects.filter(subject_id=view.pk).order_by("at", "action"))
        assert [one.action for one in told] == ["saved_view.removed", "saved_view.saved"]
        assert {one.space_id for one in told} == {view.space_id}
        assert not any("efund" in str(one.payload) for one in told)
    with entered(cast.actor(cast.delivery).reach):
        assert not Contents.objects.filter(subject_id=view.pk).exists()


def test_view_of_nothing_is_not_seen(cast: Cast) -> None:
    with entered(cast.actor(cast.owner).reach), pytest.raises(NotSeen):
        view_seen_by(cast.actor(cast.owner), uuid4())
