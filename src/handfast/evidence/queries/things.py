"""The things that comments, files and links stand beside: each room says at its start how its own are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.evidence.refusals import AudienceRefused
from handfast.foundation.models import Space
from handfast.foundation.refusals import NotSeen
from handfast.foundation.sight import the_one
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from uuid import UUID

    from handfast.foundation.actor import Actor

AUDIENCES = ("shared", "own")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing as the actor sees it: where it lives, what it is called, and its page."""

    kind: str
    id: UUID
    engagement: UUID
    space: Space
    name: str
    page: str

    @property
    def is_internal(self) -> bool:
        """Whether one side keeps it for itself."""
        return self.space.kind == Space.Kind.INTERNAL

    @property
    def url(self) -> str:
        return reverse(self.page, args=[self.engagement, self.id])


@dataclass(frozen=True, slots=True)
class Finder:
    """How a room finds things of a kind, with the eyes of an actor: their page, several by their ids, one by its number.

    What the actor does not see is not found.
    """

    page: str
    several: Callable[[Actor, Collection[UUID]], list[Thing]]
    numbered: Callable[[Actor, UUID, str], Thing | None]


FINDERS: dict[str, Finder] = {}


def make_known(kind: str, finder: Finder) -> None:
    """Let comments, files and links stand beside things of a kind."""
    FINDERS[kind] = finder


def thing_seen_by(actor: Actor, engagement: UUID, kind: str, item: UUID) -> Thing:
    """A thing of the engagement. Raises NotSeen."""
    if kind not in FINDERS:
        raise NotSeen
    found = FINDERS[kind].several(actor, [item])
    if not found or found[0].engagement != engagement:
        raise NotSeen
    return found[0]


def space_for(actor: Actor, thing: Thing, audience: str) -> Space:
    """Where what is put beside it goes: to whoever sees the thing, or to the own side alone. Raises AudienceRefused, NotSeen."""
    if audience not in AUDIENCES:
        raise _refused(f"choose one of {', '.join(AUDIENCES)}")
    if audience == "own":
        return own_space_of(actor, thing.engagement)
    if thing.is_internal:
        raise _refused("one side alone sees this: choose own")
    found: Space = the_one(Space.objects.filter(pk=thing.space.pk, pk__in=actor.reach.reads))
    return found


def check_space(actor: Actor, thing: Thing, space: Space) -> None:
    """What is put beside a thing goes into its space, or into the own side's. Raises NotSeen."""
    if space.pk not in (thing.space.pk, own_space_of(actor, thing.engagement).pk):
        raise NotSeen


def _refused(fault: str) -> AudienceRefused:
    return AudienceRefused(f"audience: {fault}", [("audience", fault)])
