"""What is asked of statements, disputes and adjustments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.refusals import NotSeen
from handfast.foundation.sight import the_one
from handfast.operate.models import Adjustment, Dispute, Statement, StatementDraft
from handfast.operate.refusals import LinesDisputed, StatementFrozen, StatementSuperseded

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.contract.models import Agreement
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor


def check_belongs(agreement: Agreement, engagement: Engagement) -> None:
    """An address that names a thing under another engagement names nothing. Raises NotSeen."""
    if agreement.engagement_id != engagement.pk:
        raise NotSeen


def is_open(statement: Statement) -> bool:
    """Whether the other side may still answer it."""
    return statement.state in (Statement.State.ISSUED, Statement.State.DISPUTED)


def check_open(statement: Statement) -> None:
    """Raises StatementFrozen, StatementSuperseded where there is nothing to answer any more."""
    if statement.state == Statement.State.AGREED:
        raise StatementFrozen("this month is frozen: both sides agreed to it; a correction makes a revision")
    if statement.state == Statement.State.SUPERSEDED:
        raise StatementSuperseded("a later revision stands in its place: answer that one")


def check_agreeable(statement: Statement) -> None:
    """Raises what `check_open` raises, and LinesDisputed."""
    check_open(statement)
    if disputed_levels(statement):
        raise LinesDisputed("a line is disputed: withdraw the dispute, or wait for the next revision")


def disputed_levels(statement: Statement) -> set[str]:
    """The lines that somebody does not accept, and has not taken back."""
    found = statement.disputes.filter(withdrawn_at__isnull=True)
    return set(found.values_list("level", flat=True))


def statements_of(agreement: Agreement) -> QuerySet[Statement]:
    """All revisions of all months, the latest first."""
    return Statement.objects.filter(agreement=agreement).prefetch_related("disputes")


def current_statements(agreement: Agreement) -> list[Statement]:
    """The last revision of each month, the latest month first."""
    last: dict[str, Statement] = {}
    for one in statements_of(agreement).order_by("-period", "-revision"):
        last.setdefault(one.period, one)
    return list(last.values())


def statement_seen_by(actor: Actor, statement: UUID) -> Statement:
    """One statement. Raises NotSeen."""
    rows: QuerySet[Statement] = (
        Statement.objects.filter(pk=statement, space_id__in=actor.reach.reads)
        .select_related("agreement__engagement")
        .prefetch_related("disputes")
    )
    return the_one(rows)


def statements_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Statement]:
    """All statements of an engagement, the latest month first."""
    return Statement.objects.filter(agreement__engagement_id=engagement, space_id__in=actor.reach.reads)


def revisions_of(statement: Statement) -> list[Statement]:
    """All revisions of the same month, the latest first."""
    return list(statements_of(statement.agreement).filter(period=statement.period).order_by("-revision"))


def drafts_seen_by(actor: Actor, engagement: UUID) -> QuerySet[StatementDraft]:
    """The drafts of the actor's own side."""
    return StatementDraft.objects.filter(
        agreement__engagement_id=engagement, space_id__in=actor.reach.reads
    ).select_related("agreement__engagement")


def draft_seen_by(actor: Actor, draft: UUID) -> StatementDraft:
    """One draft. Raises NotSeen."""
    rows: QuerySet[StatementDraft] = StatementDraft.objects.filter(
        pk=draft, space_id__in=actor.reach.reads
    ).select_related("agreement__engagement")
    return the_one(rows)


def made_seen_by(actor: Actor, made: UUID) -> Statement | StatementDraft:
    """A statement that both see, or a draft of the own side. Raises NotSeen."""
    try:
        return statement_seen_by(actor, made)
    except NotSeen:
        return draft_seen_by(actor, made)


def dispute_seen_by(actor: Actor, dispute: UUID) -> Dispute:
    """One dispute with its statement. Raises NotSeen."""
    rows: QuerySet[Dispute] = Dispute.objects.filter(
        pk=dispute, space_id__in=actor.reach.reads
    ).select_related("statement__agreement")
    return the_one(rows)


def adjustments_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Adjustment]:
    """All adjustments of an engagement, in the order of their numbers."""
    return Adjustment.objects.filter(
        agreement__engagement_id=engagement, space_id__in=actor.reach.reads
    ).select_related("agreement")


def adjustment_seen_by(actor: Actor, adjustment: UUID) -> Adjustment:
    """One adjustment. Raises NotSeen."""
    rows: QuerySet[Adjustment] = Adjustment.objects.filter(pk=adjustment, space_id__in=actor.reach.reads)
    return the_one(rows.select_related("agreement"))
