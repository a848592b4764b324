"""What is told to the other side: which kinds there are, who is to hear of each, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.actions.engagements import AMENDED
from handfast.evidence.actions.comments import MENTIONED
from handfast.evidence.queries.signing import ANSWERED, ASKED
from handfast.foundation.languages import said_later
from handfast.foundation.outbox import GIVEN_UP
from handfast.governance.actions.deciding import DECISION_ASKED, DECISION_GIVEN
from handfast.people.actions.delegating import DELEGATION_BEGINS
from handfast.readiness.actions.attesting import WAIVER_ANSWERED, WAIVER_ASKED
from handfast.readiness.actions.deciding import GATE_DECIDED, GATE_OPENED
from handfast.readiness.actions.relieving import RELIEF_ANSWERED, RELIEF_ASKED

if TYPE_CHECKING:
    from handfast.people.models import Person

NOTIFY = "journeys.notify"
# How many days before a contract's last day of notice it is told, and as what.
NOTICE_WITHIN = {
    90: "contract.notice_within_90",
    30: "contract.notice_within_30",
    7: "contract.notice_within_7",
}

# What happened, and the capability by which somebody on the other side answers it.
FOR = {
    "operate.statement_issued": "answer-statements",
    "operate.statement_agreed": "make-statements",
    "operate.line_disputed": "make-statements",
    "operate.adjustment_proposed": "answer-adjustments",
    "operate.adjustment_accepted": "propose-adjustments",
    "operate.adjustment_declined": "propose-adjustments",
    "contract.terms_proposed": "agree-terms",
    "contract.terms_agreed": "write-terms",
    "contract.terms_declined": "write-terms",
    "contract.milestone_proposed": "agree-terms",
    "contract.milestone_agreed": "write-terms",
    "contract.milestone_declined": "write-terms",
    **dict.fromkeys(NOTICE_WITHIN.values(), "write-terms"),
    "transition.change_proposed": "manage-plan",
    "transition.change_answered": "manage-plan",
    "transition.freeze_proposed": "manage-plan",
    "transition.baseline_proposed": "manage-plan",
    "transition.growth_proposed": "manage-plan",
    "transition.growth_answered": "manage-plan",
    RELIEF_ASKED: "manage-plan",
    RELIEF_ANSWERED: "manage-plan",
    WAIVER_ASKED: "manage-plan",
    WAIVER_ANSWERED: "manage-plan",
    GATE_OPENED: "manage-plan",
    GATE_DECIDED: "manage-plan",
    "transition.milestones_moved": "report-progress",
    "transition.wave_added": "manage-plan",
    "transition.deliverable_submitted": "review-deliverables",
    "transition.review_ends": "review-deliverables",
    "transition.silence_asked": "review-deliverables",
    "transition.deliverable_answered": "report-progress",
    "transition.review_over": "report-progress",
    AMENDED: "manage-engagement",
    GIVEN_UP: "manage-engagement",
    DELEGATION_BEGINS: "see",
    MENTIONED: "see",
    DECISION_ASKED: "keep-registers",
    DECISION_GIVEN: "see",
    ASKED: "keep-registers",
    ANSWERED: "keep-registers",
}
SAID = {
    "operate.statement_issued": said_later("A statement waits for your answer"),
    "operate.statement_agreed": said_later("A statement was agreed"),
    "operate.line_disputed": said_later("A line of a statement is disputed"),
    "operate.adjustment_proposed": said_later("An adjustment waits for your answer"),
    "operate.adjustment_accepted": said_later("An adjustment that your side proposed was accepted"),
    "operate.adjustment_declined": said_later("An adjustment that your side proposed was declined"),
    "contract.terms_proposed": said_later("Terms wait for your answer"),
    "contract.terms_agreed": said_later("Terms that your side proposed were agreed"),
    "contract.terms_declined": said_later("Terms that your side proposed were declined"),
    "contract.milestone_proposed": said_later("A milestone of the contract waits for your answer"),
    "contract.milestone_agreed": said_later("A milestone of the contract that your side proposed was agreed"),
    "contract.milestone_declined": said_later(
        "A milestone of the contract that your side proposed was declined"
    ),
    "contract.notice_within_90": said_later("The last day of notice of a contract comes within 90 days"),
    "contract.notice_within_30": said_later("The last day of notice of a contract comes within 30 days"),
    "contract.notice_within_7": said_later("The last day of notice of a contract comes within 7 days"),
    "transition.change_proposed": said_later("A change of the plan waits for your answer"),
    "transition.change_answered": said_later("A change of the plan that your side proposed was answered"),
    "transition.freeze_proposed": said_later("A freeze of the plan waits for your answer"),
    "transition.baseline_proposed": said_later("A baseline of the plan waits for your answer"),
    "transition.growth_proposed": said_later("A larger plan waits for your answer"),
    "transition.growth_answered": said_later("A larger plan that your side proposed was answered"),
    RELIEF_ASKED: said_later("A relief for a late dependency waits for your answer"),
    RELIEF_ANSWERED: said_later("A relief that your side asked for was answered"),
    WAIVER_ASKED: said_later("A waiver of a criterion waits for your answer"),
    WAIVER_ANSWERED: said_later("A waiver that your side asked for was answered"),
    GATE_OPENED: said_later("A gate is open for your signature"),
    GATE_DECIDED: said_later("A gate was decided"),
    "transition.milestones_moved": said_later("Milestones of the plan have moved"),
    "transition.wave_added": said_later("A wave was added to the plan"),
    "transition.deliverable_submitted": said_later("A deliverable was handed in and waits for your review"),
    "transition.review_ends": said_later("A review ends after one more working day"),
    "transition.silence_asked": said_later("A deliverable asks whether no answer in time is an acceptance"),
    "transition.deliverable_answered": said_later("A deliverable of your side was accepted or rejected"),
    "transition.review_over": said_later("A review ended without an answer"),
    AMENDED: said_later("The other side changed the deal"),
    GIVEN_UP: said_later("Something could not be sent or done: whoever runs Handfast can try it again"),
    DELEGATION_BEGINS: said_later("You stand in for a colleague from today"),
    MENTIONED: said_later("A comment mentions you"),
    DECISION_ASKED: said_later("A decision is asked of you"),
    DECISION_GIVEN: said_later("A decision that you asked for was given"),
    ASKED: said_later("A document waits for your signature"),
    ANSWERED: said_later("A signature that you asked for was given or declined"),
}
# What is mailed at once, since it waits for an answer; of the rest the daily mail tells.
ASKS = frozenset(
    {
        ASKED,
        "operate.statement_issued",
        "operate.line_disputed",
        "operate.adjustment_proposed",
        "contract.terms_proposed",
        "contract.milestone_proposed",
        *NOTICE_WITHIN.values(),
        "transition.change_proposed",
        "transition.freeze_proposed",
        "transition.baseline_proposed",
        "transition.growth_proposed",
        RELIEF_ASKED,
        WAIVER_ASKED,
        GATE_OPENED,
        "transition.deliverable_submitted",
        "transition.review_ends",
        "transition.silence_asked",
        DECISION_ASKED,
    }
)
BECAUSE = {
    **dict.fromkeys(NOTICE_WITHIN.values(), "because your role keeps what is written down of the contract"),
    GIVEN_UP: "because you manage the engagement",
    MENTIONED: "because somebody told it to you by name",
    DECISION_ASKED: "because you were asked by name",
    DECISION_GIVEN: "because you asked for it",
    ANSWERED: "because you asked for it",
}


def said_of(kind: str) -> str:
    """The words without any name or figure: they also go by mail."""
    return SAID[kind]


def because_of(kind: str) -> str:
    """Why it is told to just this person."""
    return BECAUSE.get(kind, "because your role can answer it")


def is_mailed_at_once(kind: str, person: Person) -> bool:
    """Whether a kind goes by a mail of its own, as the person chose; that something was given up always does."""
    if kind == MENTIONED:
        return person.is_mailed_mentions
    return kind == GIVEN_UP or (kind in ASKS and person.is_mailed_approvals)
