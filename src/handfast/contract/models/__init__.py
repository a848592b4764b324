"""The nouns of contract."""

from handfast.contract.models.agreed_milestone import AgreedMilestone
from handfast.contract.models.agreement import Agreement
from handfast.contract.models.contract_summary import ContractSummary
from handfast.contract.models.terms_draft import TermsDraft
from handfast.contract.models.terms_version import TermsVersion

__all__ = ["AgreedMilestone", "Agreement", "ContractSummary", "TermsDraft", "TermsVersion"]
