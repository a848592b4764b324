"""The nouns of readiness."""

from handfast.readiness.models.attestation import Attestation
from handfast.readiness.models.criterion import ATTESTED, Criterion
from handfast.readiness.models.gate import Gate
from handfast.readiness.models.gate_condition import GateCondition
from handfast.readiness.models.gate_decision import GateDecision
from handfast.readiness.models.gate_signature import GateSignature
from handfast.readiness.models.relief import Relief
from handfast.readiness.models.standing import CriterionStanding
from handfast.readiness.models.waiver import Waiver

__all__ = [
    "ATTESTED",
    "Attestation",
    "Criterion",
    "CriterionStanding",
    "Gate",
    "GateCondition",
    "GateDecision",
    "GateSignature",
    "Relief",
    "Waiver",
]
