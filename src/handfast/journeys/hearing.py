"""What one side asks of the other, and where its answer stands: read by the worker that tells both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handfast.contract.models import AgreedMilestone, TermsVersion
from handfast.operate.models import Adjustment, Dispute, Statement
from handfast.readiness.actions.attesting import WAIVER_ANSWERED, WAIVER_ASKED
from handfast.readiness.actions.deciding import GATE_DECIDED
from handfast.readiness.actions.relieving import RELIEF_ANSWERED, RELIEF_ASKED
from handfast.readiness.models import GateDecision, Relief, Waiver
from handfast.transition.models import Growth, ProposedChange

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.fence import Spaced


@dataclass(frozen=True, slots=True)
class Heard:
    """A noun, the way from it to what belongs to the engagement, and who did it; an empty `by` is whose row it is.

    `only` says which of them are still worth telling, `at` when it was asked.
    """

    model: type[Spaced]
    way: str = ""
    only: dict[str, Any] = field(default_factory=dict)
    by: str = ""
    at: str = ""

    def found(self, subject: UUID) -> Any | None:
        """The row, where it is still worth telling."""
        rows = self.model.objects.filter(pk=subject, **self.only)
        return (rows.select_related(self.way) if self.way else rows).first()

    def engagement_of(self, one: Any) -> UUID:
        """The engagement of a row that was found."""
        for name in self.way.split("__") if self.way else ():
            one = getattr(one, name)
        found: UUID = one.engagement_id
        return found


PROPOSED = {"by": "proposed_for_id", "at": "proposed_at"}
WAITING = {
    "operate.statement_issued": Heard(
        Statement, "agreement", {"state": Statement.State.ISSUED}, "issued_for_id", "issued_at"
    ),
    "operate.line_disputed": Heard(
        Dispute, "statement__agreement", {"withdrawn_at__isnull": True}, "raised_for_id", "raised_at"
    ),
    "operate.adjustment_proposed": Heard(
        Adjustment, "agreement", {"state": Adjustment.State.PROPOSED}, **PROPOSED
    ),
    "contract.terms_proposed": Heard(
        TermsVersion, "agreement", {"state": TermsVersion.State.PROPOSED}, **PROPOSED
    ),
    "contract.milestone_proposed": Heard(
        AgreedMilestone, "", {"state": AgreedMilestone.State.PROPOSED}, **PROPOSED
    ),
    "transition.change_proposed": Heard(
        ProposedChange, "activity__plan", {"state": ProposedChange.State.PROPOSED}, **PROPOSED
    ),
    RELIEF_ASKED: Heard(Relief, "", {"state": Relief.State.ASKED}, "asked_for_id", "asked_at"),
    WAIVER_ASKED: Heard(Waiver, "criterion", {"state": Waiver.State.ASKED}, "asked_for_id", "asked_at"),
    "transition.growth_proposed": Heard(Growth, "plan", {"state": Growth.State.PROPOSED}, **PROPOSED),
}
ANSWERED = {
    "operate.statement_agreed": Heard(Statement, "agreement", by="answered_for_id"),
    "operate.adjustment_accepted": Heard(Adjustment, "agreement"),
    "operate.adjustment_declined": Heard(Adjustment, "agreement"),
    "contract.terms_agreed": Heard(TermsVersion, "agreement", by="answered_for_id"),
    "contract.terms_declined": Heard(TermsVersion, "agreement", by="answered_for_id"),
    "contract.milestone_agreed": Heard(AgreedMilestone, by="answered_for_id"),
    "contract.milestone_declined": Heard(AgreedMilestone, by="answered_for_id"),
    "transition.change_answered": Heard(ProposedChange, "activity__plan"),
    "transition.growth_answered": Heard(Growth, "plan"),
    RELIEF_ANSWERED: Heard(Relief, by="answered_for_id"),
    WAIVER_ANSWERED: Heard(Waiver, "criterion", by="answered_for_id"),
    GATE_DECIDED: Heard(GateDecision, "gate"),
}
