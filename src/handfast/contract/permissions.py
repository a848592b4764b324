"""Who may write terms, and who may answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.spaces import engagement_of

if TYPE_CHECKING:
    from handfast.contract.models import AgreedMilestone, Agreement, TermsDraft, TermsVersion
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space


def may_make_agreement(actor: Actor, engagement: Engagement) -> bool:
    """Whoever writes terms, of either side."""
    return actor.can("write-terms", engagement.pk)


def may_draft_terms(actor: Actor, space: Space) -> bool:
    """Whoever writes terms, in their side's own space."""
    return space.organisation_id == actor.organisation and actor.can("write-terms", space.engagement_id)


def may_write_draft(actor: Actor, draft: TermsDraft) -> bool:
    """Whoever writes terms for the side; the fence leaves only the own side's draft."""
    return actor.can("write-terms", engagement_of(draft.space_id))


def may_receive_terms(actor: Actor, agreement: Agreement) -> bool:
    """Proposing hands over what its writer may write."""
    return actor.can("write-terms", engagement_of(agreement.space_id))


def may_answer_terms(actor: Actor, version: TermsVersion) -> bool:
    """The side that did not propose them."""
    return actor.organisation != version.proposed_for_id and actor.can(
        "agree-terms", engagement_of(version.space_id)
    )


def may_withdraw_terms(actor: Actor, version: TermsVersion) -> bool:
    """The side that proposed them."""
    return actor.organisation == version.proposed_for_id and actor.can(
        "write-terms", engagement_of(version.space_id)
    )


def may_put_in_force(actor: Actor, version: TermsVersion) -> bool:
    """The side that proposed them, by whoever could agree to the other's."""
    return actor.organisation == version.proposed_for_id and actor.can(
        "agree-terms", engagement_of(version.space_id)
    )


def may_propose_milestone(actor: Actor, engagement: Engagement) -> bool:
    """Whoever writes terms, of either side."""
    return actor.can("write-terms", engagement.pk)


def may_answer_milestone(actor: Actor, milestone: AgreedMilestone) -> bool:
    """The side that did not propose it."""
    return actor.organisation != milestone.proposed_for_id and actor.can(
        "agree-terms", milestone.engagement_id
    )


def may_withdraw_milestone(actor: Actor, milestone: AgreedMilestone) -> bool:
    """The side that proposed it."""
    return actor.organisation == milestone.proposed_for_id and actor.can(
        "write-terms", milestone.engagement_id
    )


def may_put_milestone_in_force(actor: Actor, milestone: AgreedMilestone) -> bool:
    """The side that proposed it, by whoever could agree to the other's."""
    return actor.organisation == milestone.proposed_for_id and actor.can(
        "agree-terms", milestone.engagement_id
    )


def may_replace_milestone(actor: Actor, milestone: AgreedMilestone) -> bool:
    """Whoever may agree to the one that takes its place."""
    return actor.can("agree-terms", milestone.engagement_id)


def may_write_summary(actor: Actor, engagement: Engagement) -> bool:
    """Whoever writes terms, of either side: both read the same signed paper."""
    return actor.can("write-terms", engagement.pk)
