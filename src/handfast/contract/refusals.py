"""What the room of contracts refuses."""

from __future__ import annotations

from handfast.foundation.refusals import FieldsRefused
from handfast.kernel.refusal import Refusal


class AgreementTitleTaken(Refusal):
    """A title under which the engagement has an agreement already."""

    code = "agreement-title-taken"
    status = 409


class DraftThere(Refusal):
    """A second draft of one agreement's terms for the same side."""

    code = "draft-there"
    status = 409


class TermsTooLarge(Refusal):
    """A text that is far longer than any terms are."""

    code = "terms-too-large"
    status = 413


class TermsHaveErrors(Refusal):
    """Terms that cannot be proposed: they cannot be read, or the linter found errors."""

    code = "terms-have-errors"


class TermsUnchanged(Refusal):
    """A proposal that says what is in force already."""

    code = "terms-unchanged"
    status = 409


class TermsWaiting(Refusal):
    """A second proposal while one waits for its answer."""

    code = "terms-waiting"
    status = 409


class TermsAnswered(Refusal):
    """An answer to terms that were answered before."""

    code = "terms-answered"
    status = 409


class NumberMistyped(FieldsRefused):
    """A confirmation that does not name the version."""

    code = "number-mistyped"


class DeclinedWithoutReason(FieldsRefused):
    """Terms declined without saying why."""

    code = "declined-without-reason"


class OtherSideAnswers(Refusal):
    """Terms put in force alone although the other side is in the system and can answer."""

    code = "other-side-answers"
    status = 409


class TermsDamaged(Refusal):
    """A kept text or annex that is not what its digest says."""

    code = "terms-damaged"
    status = 500


class NoSuchYear(Refusal):
    """A year or a calendar that the annex does not hold."""

    code = "no-such-year"
    status = 404


class AnswerUnknown(Refusal):
    """An answer to terms that nobody can give."""

    code = "answer-unknown"


class MilestoneRefused(FieldsRefused):
    """A milestone whose name, day, payment, clause or step cannot be agreed on."""

    code = "milestone-refused"


class MilestoneWaiting(Refusal):
    """A second amendment of a milestone while one waits for its answer."""

    code = "milestone-waiting"
    status = 409


class MilestoneAnswered(Refusal):
    """An answer to a milestone that was answered before."""

    code = "milestone-answered"
    status = 409


class MilestoneNotInForce(Refusal):
    """An amendment of a milestone that was never agreed, or in whose place another stands by now."""

    code = "milestone-not-in-force"
    status = 409


class SummaryRefused(FieldsRefused):
    """A summary of a contract whose days, months, value or texts cannot be written down so."""

    code = "summary-refused"


class SummaryOvertaken(Refusal):
    """A version of a contract's summary written on one that is not the newest any more."""

    code = "summary-overtaken"
    status = 409
