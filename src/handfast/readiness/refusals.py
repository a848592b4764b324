"""What readiness refuses, each with its code."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused


class GatesLaid(Conflict):
    """The gates of an engagement are laid out once; more are added to them."""

    code = "gates-laid"


class GateRefused(FieldsRefused):
    """What a gate cannot be called, or who cannot sign it."""

    code = "gate-refused"


class CriterionRefused(FieldsRefused):
    """What a criterion cannot say."""

    code = "criterion-refused"


class CriterionDropped(Conflict):
    """A criterion that was dropped is judged no longer; it can be taken up again."""

    code = "criterion-dropped"


class AttestationRefused(FieldsRefused):
    """A word on a criterion without what it rests on, or on one that is computed."""

    code = "attestation-refused"


class ReliefRefused(FieldsRefused):
    """A relief without a late dependency behind it, after the clause's last day, or without its reason and days."""

    code = "relief-refused"


class ReliefAnswered(Conflict):
    """A relief that was answered or taken back meanwhile, or one that is asked for already."""

    code = "relief-answered"


class WaiverRefused(FieldsRefused):
    """A waiver without its reason, its risk, what is done meanwhile, or a day on which it ends."""

    code = "waiver-refused"


class WaiverAnswered(Conflict):
    """A waiver is answered once, and one at a time holds for a criterion."""

    code = "waiver-answered"


class GateNotReady(Conflict):
    """A blocking criterion is neither met nor waived by both: there is nothing to sign yet."""

    code = "gate-not-ready"


class GateDecisionRefused(FieldsRefused):
    """A decision that lacks what its outcome needs: conditions with owner and day, or the day of the next try."""

    code = "gate-decision-refused"


class GateDecided(Conflict):
    """It was decided, declined or withdrawn meanwhile, or is being signed already."""

    code = "gate-decided"


class EvidenceChanged(Conflict):
    """The evidence is worse than what was frozen: withdraw the decision and open it anew."""

    code = "evidence-changed"
