"""What the actor can see that says certain words, kind by kind; each kind is asked within the fence, in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from handfast.contract.models import AgreedMilestone, Agreement
from handfast.evidence.models import Comment, Document, File, Reference
from handfast.evidence.queries.documents import numbered as document_numbered
from handfast.evidence.queries.documents import saying as documents_saying
from handfast.foundation.search.says import Says
from handfast.foundation.search.words import says, words_asked
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import numbered
from handfast.operate.models import Statement
from handfast.people.models import Membership, lasting
from handfast.records.models import Source
from handfast.transition.models import Activity, Deliverable
from handfast.transition.queries.deliverables import number_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

    from handfast.foundation.actor import Actor

LONGEST_ASKED = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for, and where: in all engagements of the actor, or in some of them."""

    text: str
    words: tuple[str, ...]
    engagements: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `said` is what it says beside its name; `at` is the part of an address that its id is not.

    `note` tells it from others of its name: its state, its wave. `space` is where it lives, None where that is no space.
    """

    kind: str
    id: UUID
    engagement: UUID
    name: str
    said: str = ""
    at: str = ""
    note: str = ""
    space: UUID | None = None


def sought(actor: Actor, text: str, *, engagement: UUID | None = None) -> Sought:
    """The question, within the engagements of the actor: one that is not theirs is none."""
    mine = tuple(one for one in actor.capabilities if engagement in (None, one))
    told = text.strip()[:LONGEST_ASKED]
    return Sought(told, words_asked(told), mine)


def found(actor: Actor, asked: Sought, *, most: int, kinds: Iterable[str] = ()) -> dict[str, list[Hit]]:
    """The hits of each kind that has any, one more than `most` where there are more; the nearest to hand first."""
    if not asked.words or not asked.engagements:
        return {}
    wanted = tuple(kinds) or tuple(KINDS)
    by_kind = {kind: list(KINDS[kind](actor, asked, most + 1)) for kind in wanted}
    return {kind: hits for kind, hits in by_kind.items() if hits}


def _entries(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    rows = RegisterEntry.objects.filter(
        Q(Says(asked.words)) | numbered(asked.text),
        space_id__in=actor.reach.reads,
        engagement_id__in=asked.engagements,
    )
    for one in rows.select_related("engagement").order_by("is_done", "-changed_at", "id")[:most]:
        said = "\n".join((one.text, *one.own.values()))
        note = one.kept_in.state(one.state).name.lower() if one.is_done else ""
        name = f"{one.name} {one.title}"
        yield Hit("entry", one.pk, one.engagement_id, name, said, one.register, note, one.space_id)


def _comments(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    rows = Comment.objects.filter(
        Says(asked.words),
        space_id__in=actor.reach.reads,
        engagement_id__in=asked.engagements,
        withdrawn_at__isnull=True,
    )
    for one in rows.order_by("-written_at", "-id")[:most]:
        yield Hit("comment", one.pk, one.engagement_id, "", one.text, space=one.space_id)


def _documents(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    rows = Document.objects.filter(
        documents_saying(asked.words) | document_numbered(asked.text),
        space_id__in=actor.reach.reads,
        engagement_id__in=asked.engagements,
    )
    for one in rows.select_related("engagement").order_by("-changed_at", "-number", "id")[:most]:
        note = f"version {one.last_number}" if one.last_number else "draft"
        name = f"{one.name} {one.title}"
        yield Hit("document", one.pk, one.engagement_id, name, one.text, note=note, space=one.space_id)


def _files(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    rows = File.objects.filter(
        Says(asked.words),
        space_id__in=actor.reach.reads,
        engagement_id__in=asked.engagements,
        withdrawn_at__isnull=True,
        frozen_in__isnull=True,
    )
    for one in rows.order_by("-attached_at", "id")[:most]:
        place = f"{one.about_kind}/{one.about_id}"
        yield Hit("file", one.pk, one.engagement_id, one.file_name, at=place, space=one.space_id)


def _references(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    rows = Reference.objects.filter(
        Says(asked.words), space_id__in=actor.reach.reads, engagement_id__in=asked.engagements
    )
    for one in rows.order_by("-added_at", "id")[:most]:
        place = f"{one.about_kind}/{one.about_id}"
        yield Hit("reference", one.pk, one.engagement_id, one.name, one.address, place, space=one.space_id)


def _activities(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    rows = Activity.objects.filter(
        Says(asked.words),
        space_id__in=actor.reach.reads,
        plan__engagement_id__in=asked.engagements,
        removed_at__isnull=True,
    )
    told = rows.order_by("plan__engagement_id", "position", "key").values_list(
        "pk", "plan__engagement_id", "name", "wave", "space_id"
    )
    for key, deal, name, wave, space in told[:most]:
        yield Hit("activity", key, deal, name, note=f"wave {wave}" if wave > 1 else "", space=space)


def _milestones(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    state = AgreedMilestone.State
    rows = AgreedMilestone.objects.filter(
        Says(asked.words),
        space_id__in=actor.reach.reads,
        engagement_id__in=asked.engagements,
        state__in=(*AgreedMilestone.IN_FORCE, state.PROPOSED),
    )
    told = rows.order_by("due_on", "number").values_list("pk", "engagement_id", "name", "number", "space_id")
    for key, deal, name, number, space in told[:most]:
        yield Hit("milestone", key, deal, f"M-{number} {name}", at=f"M-{number}", space=space)


def _deliverables(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    """What is not withdrawn, what is still owed first; its number finds it too."""
    number = number_in(asked.text)
    named = Q(number=number) if number is not None else Q(pk__in=())
    rows = Deliverable.objects.filter(
        Q(Says(asked.words)) | named, space_id__in=actor.reach.reads, engagement_id__in=asked.engagements
    ).exclude(state=Deliverable.State.WITHDRAWN)
    for one in rows.order_by("due_on", "number", "id")[:most]:
        name = f"{one.name} {one.title}"
        yield Hit("deliverable", one.pk, one.engagement_id, name, one.text, space=one.space_id)


def _agreements(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    rows = Agreement.objects.filter(space_id__in=actor.reach.reads, engagement_id__in=asked.engagements)
    told = rows.order_by("made_at", "id").values_list("pk", "engagement_id", "title", "space_id")
    hits = (Hit("agreement", key, deal, title, space=space) for key, deal, title, space in told)
    return _that_say(hits, asked, most)


def _statements(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    """By the name of the month; of its revisions the last."""
    rows = Statement.objects.filter(
        space_id__in=actor.reach.reads, agreement__engagement_id__in=asked.engagements
    )
    told = rows.order_by("-period", "-revision").values_list(
        "pk", "agreement__engagement_id", "period", "space_id"
    )
    last: dict[tuple[UUID, str], Hit] = {}
    for key, deal, period, space in told:
        name = f"Statement {date.fromisoformat(f'{period}-01'):%B %Y}"
        last.setdefault((deal, period), Hit("statement", key, deal, name, period, period, space=space))
    return _that_say(last.values(), asked, most)


def _sources(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    rows = Source.objects.filter(space_id__in=actor.reach.reads, engagement_id__in=asked.engagements)
    told = rows.order_by("key").values_list("pk", "engagement_id", "name", "key", "space_id")
    hits = (Hit("source", key, deal, name, said, space=space) for key, deal, name, said, space in told)
    return _that_say(hits, asked, most)


def _people(actor: Actor, asked: Sought, most: int) -> Iterator[Hit]:
    """Who is in an engagement of the actor, on either side, by name; addresses are not looked through."""
    del actor  # the engagements are the actor's own
    rows = Membership.objects.filter(lasting(with_later=True), engagement_id__in=asked.engagements)
    told = rows.order_by("person__name", "pk").values_list(
        "pk", "engagement_id", "person__name", "organisation__name", "side"
    )
    hits = (
        Hit("person", key, deal, name, organisation, side) for key, deal, name, organisation, side in told
    )
    return _that_say(hits, asked, most)


def _that_say(hits: Iterable[Hit], asked: Sought, most: int) -> Iterator[Hit]:
    """Of the few that there are, those whose name and words say it."""
    matching = (one for one in hits if says(f"{one.name} {one.said}", asked.words))
    for _, one in zip(range(most), matching, strict=False):
        yield one


KINDS: dict[str, Callable[[Actor, Sought, int], Iterator[Hit]]] = {
    "entry": _entries,
    "person": _people,
    "activity": _activities,
    "milestone": _milestones,
    "deliverable": _deliverables,
    "agreement": _agreements,
    "statement": _statements,
    "source": _sources,
    "document": _documents,
    "comment": _comments,
    "file": _files,
    "reference": _references,
}
