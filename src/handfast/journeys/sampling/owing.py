"""What the sides of a sample owe each other, through the verbs of the room, each at its instant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.foundation.actor import worker_in
from handfast.transition.actions import (
    accept_deliverable,
    deem_accepted,
    plan_deliverable,
    reject_deliverable,
    submit_deliverable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.owed import SampleDeliverable, SampleRound
    from handfast.transition.models import Deliverable

Happening = tuple["datetime", "Callable[[], None]"]


class Owing:
    """One deliverable in the making: the deal, and who acts for each side."""

    def __init__(self, told: SampleDeliverable, deal: Engagement, acting: Callable[[str], Actor]) -> None:
        self.told, self.deal, self.acting = told, deal, acting
        self.made: Deliverable | None = None

    def happenings(self) -> Iterator[Happening]:
        """What happens to it, with its instants."""
        yield self.told.at, self._plan
        for one in self.told.rounds:
            yield one.at, lambda one=one: self._hand_in(one)  # type: ignore[misc]  # bound now, on purpose
            if one.answered_at is not None:
                yield one.answered_at, lambda one=one: self._answer(one)  # type: ignore[misc]  # as above

    def _plan(self) -> None:
        """The client plans it, for whoever acts for each side."""
        client, told = self.acting("client"), self.told.said
        said = replace(
            told, owner_id=self.acting(told.submits_side).person,
            reviewer_id=self.acting(self.told.reviews_side).person,
        )  # fmt: skip
        self.made = plan_deliverable(client, self.deal, said=said, at=self.told.at)

    def _hand_in(self, one: SampleRound) -> None:
        """Hand it in; where nobody will answer, silence accepts it at the end."""
        self.made = submit_deliverable(
            self.acting(self.told.said.submits_side), self._one(), note=one.note, at=one.at
        )
        if one.is_deemed and self.made.review_ends_at is not None:
            worker = worker_in(self.made.space_id)
            self.made = deem_accepted(worker, self.made, at=self.made.review_ends_at)

    def _answer(self, one: SampleRound) -> None:
        actor, at = self.acting(self.told.reviews_side), one.answered_at or one.at
        if one.reasons:
            self.made = reject_deliverable(actor, self._one(), reasons=one.reasons, at=at)
        else:
            self.made = accept_deliverable(actor, self._one(), conditions=one.conditions, at=at)

    def _one(self) -> Deliverable:
        if self.made is None:
            raise RuntimeError(f"{self.told.said.title} is handed in before it is planned")
        return self.made
