"""What an engagement has before its first figure: a source, its records, terms, a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.contract.models import TermsVersion
from handfast.operate.models import Statement, StatementDraft
from handfast.records.models import Batch, Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from handfast.foundation.actor import Actor

COUNTING = (*TermsVersion.IN_FORCE, TermsVersion.State.PROPOSED)


@dataclass(frozen=True, slots=True)
class Begun:
    """What is there; `waiting` is the number of the terms that wait for an answer, None where none do."""

    has_source: bool
    has_records: bool
    has_terms: bool
    waiting: int | None

    @property
    def can_compute(self) -> bool:
        """Whether a month would be computed, and not refused."""
        return self.has_records and self.has_terms


def without_month(actor: Actor, engagements: Iterable[UUID]) -> set[UUID]:
    """Those of which the actor sees no month, neither issued nor in the own draft; in one query."""
    wanted = set(engagements)
    reads = actor.reach.reads
    issued, drafted = (
        model.objects.filter(agreement__engagement_id__in=wanted, space_id__in=reads)
        .order_by()
        .values_list("agreement__engagement_id", flat=True)
        for model in (Statement, StatementDraft)
    )
    return wanted - set(issued.union(drafted)) if wanted else set()


def begun_in(actor: Actor, engagements: Iterable[UUID]) -> dict[UUID, Begun]:
    """How far each of these engagements is, in three queries."""
    wanted = set(engagements)
    if not wanted:
        return {}
    reads = actor.reach.reads
    sources = Source.objects.filter(engagement_id__in=wanted, space_id__in=reads).order_by()
    batches = Batch.objects.filter(
        source__engagement_id__in=wanted, space_id__in=reads, withdrawn_at__isnull=True
    ).order_by()
    versions = TermsVersion.objects.filter(
        agreement__engagement_id__in=wanted, space_id__in=reads, state__in=COUNTING
    ).order_by()
    with_source = set(sources.values_list("engagement_id", flat=True).distinct())
    with_records = set(batches.values_list("source__engagement_id", flat=True).distinct())
    standing = list(versions.values_list("agreement__engagement_id", "number", "state"))
    waiting = {one: number for one, number, state in standing if state == TermsVersion.State.PROPOSED}
    in_force = {one for one, _, state in standing if state in TermsVersion.IN_FORCE}
    return {
        one: Begun(one in with_source, one in with_records, one in in_force, waiting.get(one))
        for one in wanted
    }
