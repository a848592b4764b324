"""Every way to ask Django for rows stays inside the fence, and every way to write too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Subquery, UUIDField

from handfast.foundation.fence import FencedManager, Spaced
from handfast.foundation.models import Contents, Entry, Head, Space
from handfast.foundation.scope import OutsideTheFence, Reach, entered
from handfast.foundation.walls import spaced_models

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.foundation.conftest import Cast


@pytest.fixture
def two_entries(cast: Cast, at: datetime) -> Cast:
    """One entry in the shared space and one in the rival's."""
    for organisation, space in ((cast.lumen, cast.shared), (cast.tagus, cast.rivals)):
        with entered(cast.actor(organisation).reach):
            zeros = "0" * 64
            entry = Entry.objects.create(
                space=space, sequence=1, previous=zeros, commitment=zeros, hash=zeros
            )
            Contents.objects.create(
                space=space, entry=entry, salt="", payload="", action=f"in.{space.kind}", at=at
            )
    return cast


ASKED: dict[str, Callable[[], Any]] = {
    "all": lambda: [one.space_id for one in Entry.objects.all()],
    "base manager": lambda: [one.space_id for one in Entry._base_manager.all()],
    "values": lambda: list(Entry.objects.values_list("space_id", flat=True)),
    "iterator": lambda: [one.space_id for one in Entry.objects.iterator()],
    "select_related": lambda: [one.entry.space_id for one in Contents.objects.select_related("entry")],
    "forward join": lambda: list(Contents.objects.filter(entry__sequence=1).values_list("entry__space_id", flat=True)),
    "reverse join": lambda: list(Entry.objects.filter(contents__salt="").values_list("space_id", flat=True)),
    "prefetch": lambda: [one.contents.space_id for one in Entry.objects.prefetch_related("contents")],
    "prefetch by queryset": lambda: [
        one.contents.space_id
        for one in Entry.objects.prefetch_related(Prefetch("contents", Contents.objects.all()))
    ],
    "union": lambda: [one.space_id for one in Entry.objects.filter(sequence=1).union(Entry.objects.filter(sequence=2))],
    "exclude": lambda: [one.space_id for one in Entry.objects.exclude(sequence=9)],
    "or": lambda: [one.space_id for one in Entry.objects.filter(sequence=1) | Entry.objects.filter(sequence=2)],
    "subquery": lambda: list(
        Head.objects.annotate(found=Subquery(Entry.objects.values("space_id")[:1], UUIDField())).values_list("found", flat=True)[:1]
    ),
    "distinct and order": lambda: list(Entry.objects.order_by("space_id").values_list("space_id", flat=True).distinct()),
    "annotated": lambda: list(Entry.objects.annotate(there=F("space_id")).values_list("there", flat=True)),
}  # fmt: skip


@pytest.mark.parametrize("how", ASKED)
def test_question_finds_only_what_is_within_reach(how: str, two_entries: Cast) -> None:
    with entered(two_entries.actor(two_entries.danube).reach):
        assert ASKED[how]() == [two_entries.shared.id]
    with entered(Reach()):
        assert ASKED[how]() == []


COUNTED: dict[str, Callable[[], Any]] = {
    "count": lambda: Entry.objects.all().count(),
    "exists": lambda: int(Entry.objects.filter(contents__action="in.internal").exists()) + 1,
    "aggregate": lambda: Entry.objects.aggregate(n=Count("pk"))["n"],
    "exists subquery": lambda: Space.objects.filter(
        Exists(Entry.objects.filter(space=OuterRef("pk")))
    ).count(),
    "in bulk": lambda: len(Entry.objects.in_bulk()),
    "first": lambda: len({Entry.objects.order_by("-pk").first().pk, Entry.objects.order_by("pk").first().pk}),
    "dates": lambda: len(Contents.objects.dates("at", "month")),
}


@pytest.mark.parametrize("how", COUNTED)
def test_counting_sees_only_what_is_within_reach(how: str, two_entries: Cast) -> None:
    with entered(two_entries.actor(two_entries.danube).reach):
        assert COUNTED[how]() == 1


@pytest.mark.parametrize("how", [*ASKED, *COUNTED])
def test_question_without_a_reach_is_a_bug(how: str, cast: Cast) -> None:
    with pytest.raises(OutsideTheFence):
        (ASKED | COUNTED)[how]()


def test_question_is_answered_by_the_reach_of_the_moment_not_of_its_making(two_entries: Cast) -> None:
    with entered(two_entries.actor(two_entries.tagus).reach):
        asked = Entry.objects.all()
    with entered(two_entries.actor(two_entries.lumen).reach):
        assert [one.space_id for one in asked] == [two_entries.shared.id]


WRITTEN: dict[str, Callable[[Contents], Any]] = {
    "update": lambda said: Contents.objects.filter(pk=said.pk).update(action="forged"),
    "base update": lambda said: Contents._base_manager.filter(pk=said.pk).update(action="forged"),
    "delete of many": lambda said: Contents.objects.filter(pk=said.pk).delete()[0],
    "raw delete": lambda said: Contents.objects.filter(pk=said.pk)._raw_delete("default"),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_bulk_write_touches_nothing_that_may_only_be_read(how: str, two_entries: Cast) -> None:
    reads = Reach(frozenset({two_entries.shared.id}))
    with entered(reads):
        said = Contents.objects.get()
        assert WRITTEN[how](said) == 0
        assert Contents.objects.get().action == "in.shared"


REFUSED: dict[str, Callable[[Head], Any]] = {
    "save": lambda head: head.save(),
    "delete": lambda head: head.delete(),
    "create": lambda head: Head.objects.create(space_id=head.space_id),
    "bulk_create": lambda head: Head.objects.bulk_create([Head(space_id=head.space_id)]),
    "bulk_update": lambda head: Head.objects.bulk_update([head], ["sequence"]),
    "get_or_create": lambda head: Head.objects.get_or_create(space_id=head.space_id, sequence=2),
    "update_or_create": lambda head: Head.objects.update_or_create(
        space_id=head.space_id, sequence=9, defaults={"hash": ""}
    ),
    "raw": lambda _: Head.objects.raw("SELECT * FROM foundation_head"),
    "raw of a queryset": lambda _: Head.objects.all().raw("SELECT 1"),
    "extra": lambda _: Head.objects.all().extra(where=["1 = 1"]),
    "move by update": lambda head: Head.objects.filter(pk=head.pk).update(space_id=uuid4()),
}


@pytest.mark.parametrize("how", REFUSED)
def test_write_outside_of_the_reach_is_a_bug(how: str, two_entries: Cast) -> None:
    with entered(Reach(frozenset({two_entries.shared.id}))):
        head = Head.objects.get()
        with pytest.raises(OutsideTheFence):
            REFUSED[how](head)


def test_record_never_moves_to_another_space(two_entries: Cast) -> None:
    with entered(two_entries.actor(two_entries.lumen).reach):
        entry = Entry.objects.get()
        entry.space = two_entries.lumens
        with pytest.raises(OutsideTheFence, match="hand it over"):
            entry.save()


def test_every_spaced_model_keeps_the_fence_as_default_and_base_manager() -> None:
    models = spaced_models()
    assert {Entry, Contents, Head} <= set(models)
    for model in models:
        assert isinstance(model._default_manager, FencedManager), model
        assert isinstance(model._base_manager, FencedManager), model
        assert issubclass(model, Spaced)
