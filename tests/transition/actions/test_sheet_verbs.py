"""What a sheet says is saved together or not at all, and taken back as one."""

from __future__ import annotations

from datetime import date

import pytest
from tests.transition.programme import AT, Programme
from tests.transition.sheet import TWO, edited, exported, faults, read, read_of, rows_of_all, save

from handfast.foundation.refusals import Conflict
from handfast.foundation.scope import entered
from handfast.transition.actions import add_own_rows, undo_change
from handfast.transition.models import Activity, LastChange, Link, ProposedChange
from handfast.transition.queries.sharing import space_to_plan_in
from handfast.transition.queries.undoing import undoable
from handfast.transition.refusals import (
    ActivityRefused,
    NeedsAcceptance,
    SheetRefused,
    UndoTooLate,
)

pytestmark = pytest.mark.django_db


def test_saved_rows_are_taken_back_as_one(programme: Programme) -> None:
    before = rows_of_all(programme)
    save(programme, read(programme, TWO))
    assert len(rows_of_all(programme)) == len(before) + 2
    with entered(programme.client.reach):
        shown = undoable(programme.client, programme.plan(), AT)
        assert shown is not None
        assert shown.said == "2 activities are added."
        undo_change(programme.client, LastChange.objects.get(pk=shown.id), at=AT)
        assert (
            Link.objects.filter(
                after_id__in=Activity.objects.filter(removed_at__isnull=False).values("pk")
            ).count()
            == 0
        )
    assert rows_of_all(programme) == before


def test_rows_of_ones_own_leave_no_trace_on_the_other_side(programme: Programme) -> None:
    with entered(programme.client.reach):
        version = programme.plan().version
    save(programme, read(programme, "Announce the severance\t\tclient\t3d\n", is_internal=True))
    with entered(programme.client.reach):
        own = Activity.objects.get(plan_id=programme.plan_id, name="Announce the severance")
        assert own.space_id != own.plan.space_id
        assert programme.plan().version == version
        shown = undoable(programme.client, programme.plan(), AT)
        assert shown is not None
    with entered(programme.provider.reach):
        assert not Activity.objects.filter(name__contains="severance").exists()
    other = read(
        programme,
        f"Key\tActivity\tLikely\tMark\n{own.key}\tx\t2d\t1-{own.pk.hex[:12]}\n",
        actor=programme.provider,
    )
    assert "is no activity of this plan that you see" in str(faults(other))


def test_edited_rows_change_at_once_or_are_proposed_and_new_ones_are_added(programme: Programme) -> None:
    table = edited(
        exported(programme),
        write_tone={"Activity": "Tone and macros", "Deadline": "2026-12-01"},
        setup_desk={"Likely": "3d", "At worst": "9d"},
        prepare_goal={"Lead": "joint"},
    )
    found = read_of(programme, table)
    by_name = {one.name: one for one in found.lines if one.outcome != "same"}
    tone = by_name["Tone and macros"]
    assert tone.outcome == "changed"
    assert [(one.head, one.after) for one in tone.differences] == [
        ("Activity", "Tone and macros"),
        ("Deadline", "2026-12-01"),
    ]
    assert found.of("proposed")
    save(programme, found, reason="The desk said so.")
    with entered(programme.client.reach):
        kept = programme.activity("write.tone")
        assert (kept.name, kept.deadline_on) == ("Tone and macros", date(2026, 12, 1))
        assert ProposedChange.objects.count() == len(found.of("proposed"))


def test_plan_changed_since_the_preview_is_a_conflict(programme: Programme) -> None:
    found = read(programme, TWO)
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", name="Meanwhile")
    with pytest.raises(Conflict):
        save(programme, found)
    with entered(programme.client.reach):
        assert not Activity.objects.filter(name="Check the line").exists()


def test_verb_takes_no_row_that_no_preview_gives(programme: Programme) -> None:
    found = read(programme, TWO)
    for name, value, refusal in (
        ("lead", "provider", NeedsAcceptance),
        ("step_key", "nowhere", ActivityRefused),
        ("site", "Atlantis", ActivityRefused),
        ("likely", "long", ActivityRefused),
    ):
        one = next(iter(found.addition.activities.values()))
        before = getattr(one, name)
        setattr(one, name, value)
        with pytest.raises(refusal):
            save(programme, found)
        setattr(one, name, before)
    empty = read(programme, "Key\tLikely\nwrite.tone\t\n")
    with pytest.raises(SheetRefused):
        save(programme, empty)
    with entered(programme.client.reach):
        own = space_to_plan_in(programme.client, programme.plan(), is_internal=True)
        with pytest.raises(SheetRefused):
            add_own_rows(programme.client, own, plan=programme.plan(), addition=empty.addition, at=AT)
        with pytest.raises(ActivityRefused):
            add_own_rows(programme.client, found.space, plan=programme.plan(), addition=found.addition, at=AT)


def test_it_is_not_taken_back_after_another_change(programme: Programme) -> None:
    save(programme, read(programme, TWO))
    with entered(programme.client.reach):
        last = LastChange.objects.get()
        Activity.objects.filter(name="Check the line").update(version=9)
        with pytest.raises(UndoTooLate):
            undo_change(programme.client, last, at=AT)
        assert Activity.objects.filter(name="Check it again", removed_at__isnull=True).exists()
