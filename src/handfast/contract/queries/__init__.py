"""What is asked of contracts."""

from handfast.contract.queries.drafts import draft_of, draft_seen_by
from handfast.contract.queries.milestones import (
    milestone_seen_by,
    milestones_in_force,
    milestones_seen_by,
)
from handfast.contract.queries.parties import Sides, sides_of
from handfast.contract.queries.summaries import newest_summaries, summaries_seen_by
from handfast.contract.queries.terms import (
    agreement_seen_by,
    agreements_of,
    agreements_seen_by,
    annex_of,
    has_terms_in_force,
    parsed_terms,
    terms_for_month,
    terms_in_force,
    terms_waiting,
    version_seen_by,
    versions_seen_by,
)

__all__ = [
    "Sides",
    "agreement_seen_by",
    "agreements_of",
    "agreements_seen_by",
    "annex_of",
    "draft_of",
    "draft_seen_by",
    "has_terms_in_force",
    "milestone_seen_by",
    "milestones_in_force",
    "milestones_seen_by",
    "newest_summaries",
    "parsed_terms",
    "sides_of",
    "summaries_seen_by",
    "terms_for_month",
    "terms_in_force",
    "terms_waiting",
    "version_seen_by",
    "versions_seen_by",
]
