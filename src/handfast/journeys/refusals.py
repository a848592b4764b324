"""What journeys refuses, each with its code: what a mail, a step, people or a channel lacks."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused
from handfast.kernel.refusal import Refusal


class AnswerUnaddressed(Refusal):
    """A mail to no address, or to several, at which an answer is awaited."""

    code = "answer-unaddressed"


class AnswerExpired(Refusal):
    """A mail to an address whose time is over, or at which enough was taken."""

    code = "answer-expired"


class AnswerNotYours(Refusal):
    """A mail from another address than that of the person whose answer is awaited: spoofed, or answered after forwarding."""

    code = "answer-not-yours"


class AnswerUnproven(Refusal):
    """A mail for which the receiving server does not say that it comes from where it says."""

    code = "answer-unproven"


class AnswerAutomatic(Refusal):
    """A mail that a program wrote: an absence note, a bounce, a list."""

    code = "answer-automatic"


class AnswerTaken(Refusal):
    """The same mail again: it was taken, and stands once."""

    code = "answer-taken"


class AnswerEmpty(Refusal):
    """A mail in which nothing new is written."""

    code = "answer-empty"


class AnswerTooBig(Refusal):
    """A mail larger than is read."""

    code = "answer-too-big"


class AnswerUnreadable(Refusal):
    """A mail that is put together as no mail program does."""

    code = "answer-unreadable"


class StepUnknown(FieldsRefused):
    """A step that bringing in a running deal does not have, or that cannot be left out."""

    code = "step-unknown"


class SkippedWithoutReason(FieldsRefused):
    """A step is left out with a reason, or not at all."""

    code = "skipped-without-reason"


class StepSkipped(Conflict):
    """The step is left out already."""

    code = "step-skipped"


class StepTakenUp(Conflict):
    """The step was taken up again before."""

    code = "step-taken-up"


class PeopleRefused(FieldsRefused):
    """Rows of people of whom somebody cannot be invited: then nobody of them is."""

    code = "people-refused"


class NobodyToInvite(Conflict):
    """Rows of people who are all here, or invited already: the sheet was sent before."""

    code = "nobody-to-invite"


class ChannelRefused(FieldsRefused):
    """A channel whose name, form, address or kinds cannot be taken."""

    code = "channel-refused"


class ChannelStopped(Refusal):
    """A channel that was stopped already."""

    code = "channel-stopped"
    status = 409
