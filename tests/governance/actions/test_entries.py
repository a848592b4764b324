"""Entries are written, amended and moved by both sides; numbers run within a space, each register its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from tests.factories.cast import narrowed
from tests.governance.kept import DUE, amended, moved, written

from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.governance.actions import amend_entry, move_entry, write_entry
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import entry_seen_by, space_to_write_in
from handfast.governance.reading.said import LONGEST_TEXT, EntrySaid
from handfast.governance.refusals import EntryRefused, EntryUnchanged, MoveRefused
from handfast.governance.registers import REGISTERS
from handfast.people.actions.memberships import end_membership
from handfast.people.models import Membership

if TYPE_CHECKING:
    from tests.factories.cast import Cast

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)


def test_numbers_run_within_a_register_and_a_space_without_a_gap(cast: Cast) -> None:
    names = [
        written(cast, cast.owner).name,
        written(cast, cast.owner, is_own=True).name,
        written(cast, cast.delivery, is_own=True).name,
        written(cast, cast.delivery).name,
        written(cast, cast.owner, is_own=True).name,
        written(cast, cast.owner, register="actions").name,
    ]
    assert names == ["I-1", "I-own-1", "I-own-1", "I-2", "I-own-2", "A-1"]


def test_entry_that_was_refused_leaves_no_gap(cast: Cast) -> None:
    written(cast, cast.owner)
    with pytest.raises(EntryRefused):
        written(cast, cast.owner, title=" ")
    assert written(cast, cast.delivery).number == 2


def test_entry_keeps_what_was_said_and_who_said_it(cast: Cast) -> None:
    made = written(
        cast, cast.delivery, title=" Headsets drop ", text="Since\r\nMonday", owner_id=cast.owner.pk, due_on=DUE,
        tags=("VPN", " vpn", "sites"), own={"severity": "high", "resolution": " "},
    )  # fmt: skip
    assert (made.title, made.text, made.tag_list, made.own) == (
        "Headsets drop", "Since\nMonday", ["vpn", "sites"], {"severity": "high"},
    )  # fmt: skip
    assert (made.owner_id, made.due_on, made.state, made.is_done, made.created_by_id) == (
        cast.owner.pk, DUE, "open", False, cast.delivery.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "two\nlines"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "turned \u202e round"}, "text"),
        ({"tags": tuple(f"t{number}" for number in range(11))}, "tags"),
        ({"tags": ("one, two",)}, "tags"),
        ({"tags": ("x" * 41,)}, "tags"),
        ({"own": {"severity": "dire"}}, "own_severity"),
        ({"own": {"weather": "fine"}}, "own_weather"),
        ({"own": {"resolution": "x" * (LONGEST_TEXT + 1)}}, "own_resolution"),
        ({"owner_id": uuid4()}, "owner_id"),
    ],
)
def test_entry_that_cannot_be_kept_names_the_field(cast: Cast, said: dict[str, Any], field: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        written(cast, cast.owner, **said)
    assert [name for name, _ in refused.value.fields] == [field]
    assert refused.value.code == "entry-refused"
    with entered(cast.actor(cast.owner).reach):
        assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize("day", ["2026-4-3", "20260403", "2026-02-30", "soon"])
def test_day_of_an_own_field_is_a_day(cast: Cast, day: str) -> None:
    with pytest.raises(EntryRefused, match="write a day as 2026-04-30"):
        written(cast, cast.owner, register="decisions", own={"decided_on": day})


def test_own_entry_is_owned_by_the_own_side_and_a_shared_one_by_either(cast: Cast) -> None:
    assert written(cast, cast.owner, owner_id=cast.delivery.pk).owner_id == cast.delivery.pk
    with pytest.raises(EntryRefused, match="your own side"):
        written(cast, cast.owner, is_own=True, owner_id=cast.delivery.pk)
    with pytest.raises(EntryRefused, match="the engagement"):
        written(cast, cast.owner, owner_id=cast.rival.pk)


def test_owner_who_left_stays_until_another_is_chosen_and_is_not_chosen_again(cast: Cast) -> None:
    made = written(cast, cast.owner, owner_id=cast.reader.pk)
    member = Membership.objects.get(person=cast.reader, engagement_id=cast.engagement.pk)
    end_membership(cast.actor(cast.owner), member, at=AT)
    kept = amended(cast, cast.owner, made, title="Still so")
    assert kept.owner_id == cast.reader.pk
    freed = amended(cast, cast.owner, kept, owner_id=None)
    with pytest.raises(EntryRefused):
        amended(cast, cast.owner, freed, owner_id=cast.reader.pk)


def test_entry_goes_only_where_its_register_lets_it_and_the_refusal_says_where(cast: Cast) -> None:
    made = written(cast, cast.owner, own={"resolution": "New sets"})
    with pytest.raises(MoveRefused, match="from there it can become in-work or resolved or withdrawn"):
        moved(cast, cast.owner, made, "closed")
    resolved = moved(cast, cast.delivery, made, "resolved")
    assert (resolved.state, resolved.is_done, resolved.version) == ("resolved", True, 2)
    closed = moved(cast, cast.owner, resolved, "closed")
    with pytest.raises(MoveRefused, match="nothing any more"):
        moved(cast, cast.owner, closed, "open")


def test_state_that_needs_a_field_is_not_reached_without_it_and_keeps_it(cast: Cast) -> None:
    made = written(cast, cast.owner, register="decisions")
    with pytest.raises(MoveRefused, match="without “What was decided” and “Decided on”"):
        moved(cast, cast.owner, made, "decided")
    said = amended(cast, cast.owner, made, own={"decided": "Two waves", "decided_on": "2026-04-15"})
    decided = moved(cast, cast.owner, said, "decided")
    with pytest.raises(MoveRefused, match="without “What was decided”"):
        amended(cast, cast.owner, decided, own={"decided_on": "2026-04-15"})
    with entered(cast.actor(cast.owner).reach):
        assert RegisterEntry.objects.get().own["decided"] == "Two waves"


def test_amendment_that_changes_nothing_is_refused(cast: Cast) -> None:
    made = written(cast, cast.owner)
    with pytest.raises(EntryUnchanged, match="says that already"):
        amended(cast, cast.delivery, made)


def test_stale_amendment_or_move_is_a_conflict(cast: Cast) -> None:
    made = written(cast, cast.owner)
    amended(cast, cast.delivery, made, title="Other words")
    with pytest.raises(Conflict):
        amend_entry(cast.actor(cast.owner), made, said=EntrySaid("Mine"), at=AT, as_seen="1")
    with pytest.raises(Conflict):
        move_entry(cast.actor(cast.owner), made, to="in-work", at=AT, as_seen="1")


def test_reader_and_whoever_is_elsewhere_write_nothing(cast: Cast) -> None:
    made = written(cast, cast.owner)
    for person in (cast.reader, cast.rival, cast.stranger):
        with pytest.raises((NotPermitted, NotSeen)):
            write_entry(
                cast.actor(person), made.space, register=REGISTERS["issues"], said=EntrySaid("Mine"), at=AT
            )
        with pytest.raises((NotPermitted, NotSeen)):
            move_entry(cast.actor(person), made, to="in-work", at=AT)
    with pytest.raises(NotPermitted):
        move_entry(narrowed(cast.actor(cast.owner), "see", "manage-plan"), made, to="in-work", at=AT)


def test_own_entry_is_nothing_to_the_other_side(cast: Cast) -> None:
    mine = written(cast, cast.owner, is_own=True)
    with pytest.raises(NotSeen), entered(cast.actor(cast.delivery).reach):
        entry_seen_by(cast.actor(cast.delivery), mine.pk)
    with pytest.raises(NotSeen):
        move_entry(cast.actor(cast.delivery), mine, to="in-work", at=AT)
    with entered(cast.actor(cast.owner).reach):
        own = space_to_write_in(cast.actor(cast.owner), cast.engagement, is_internal=True)
    with pytest.raises((NotPermitted, NotSeen)):
        write_entry(
            cast.actor(cast.delivery), own, register=REGISTERS["issues"], said=EntrySaid("Theirs"), at=AT
        )


def test_register_whose_moves_lead_nowhere_cannot_be_declared() -> None:
    issues = REGISTERS["issues"]
    with pytest.raises(ValueError, match="issues, open"):
        replace(issues, states=(replace(issues.states[0], to=("solved",)),))


@pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda one: one.key)
def test_every_register_can_be_left_by_every_entry_that_is_not_done(register: Any) -> None:
    assert not register.states[0].is_done
    assert all(state.to for state in register.states if not state.is_done)
    assert len({one.prefix for one in REGISTERS.values()}) == len(REGISTERS)
