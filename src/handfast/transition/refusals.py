"""What transition refuses, each with its code."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused
from handfast.kernel.refusal import Refusal


class PlanExists(Conflict):
    """An engagement has one plan; its waves are inside."""

    code = "plan-exists"


class ChangeAnswered(Conflict):
    """A proposed change is answered once."""

    code = "change-answered"


class ChangeOverlaps(Conflict):
    """A change of the activity waits for an answer already."""

    code = "change-waits"


class NeedsAcceptance(Conflict):
    """The change moves what the other side must accept: propose it."""

    code = "change-needs-acceptance"


class ActivityRefused(FieldsRefused):
    """Values of an activity, a link, a freeze or a calendar that cannot be planned with."""

    code = "activity-refused"


class AgreedInContract(FieldsRefused):
    """A change of the plan that would undo what the contract says: it is amended there."""

    code = "agreed-in-contract"


class BaselineNotAsked(Conflict):
    """Nobody proposes the present dates as the baseline: they were not proposed, or the plan has changed since."""

    code = "baseline-not-asked"


class StatusRefused(FieldsRefused):
    """The standing of a step as it cannot be set: without a reason, a path to green, or an end."""

    code = "status-refused"


class CoverRefused(FieldsRefused):
    """What covers a day that is no holiday, or in no known way."""

    code = "cover-refused"


class StatusLapsed(Conflict):
    """What was set of a step holds no more: it was lifted, or its last day is past."""

    code = "status-lapsed"


class PlanFileRefused(FieldsRefused):
    """A file that was sent in as a plan and cannot be read as one; the message names the row and the column."""

    code = "plan-file-refused"


class NothingTaken(FieldsRefused):
    """Nothing of a plan that was sent in can be taken over as it was asked."""

    code = "nothing-taken"


class NothingChanges(FieldsRefused):
    """A change that changes nothing."""

    code = "nothing-changes"


class UndoTooLate(Conflict):
    """A change is taken back within ten seconds, and while nothing else has changed."""

    code = "undo-too-late"


class WaveBegun(Conflict):
    """What has begun in a wave happened when it did: its start stays, and it is not taken out."""

    code = "wave-begun"


class TooManyWaves(Conflict):
    """A plan has room for so many waves."""

    code = "too-many-waves"


class PlanTooLongToPrint(Refusal):
    """More activities than are set on paper while somebody waits."""

    code = "plan-too-long-to-print"


class NothingLarger(Conflict):
    """A plan of the largest size does not grow."""

    code = "nothing-larger"


class GrowthWaits(Conflict):
    """One growth of a plan waits for its answer at a time."""

    code = "growth-waits"


class GrowthAnswered(Conflict):
    """A growth that was proposed is answered once."""

    code = "growth-answered"


class SheetRefused(FieldsRefused):
    """Rows that cannot be held against the plan, or that say nothing to save."""

    code = "sheet-refused"


class TemplateFileRefused(FieldsRefused):
    """A file that cannot be an organisation's own template; the message names the line, the key and what to do."""

    code = "template-file-refused"


class TemplateNameTaken(FieldsRefused):
    """An organisation names each of its templates once."""

    code = "template-name-taken"


class TemplateRetired(Conflict):
    """A template that was retired makes no plan and is not changed; it can be brought back."""

    code = "template-retired"


class TemplateInUse(Conflict):
    """Only what was retired is brought back."""

    code = "template-in-use"


class TooManyTemplates(Conflict):
    """An organisation keeps so many templates."""

    code = "too-many-templates"


class DeliverableRefused(FieldsRefused):
    """A deliverable whose title, people, day or review days cannot be kept."""

    code = "deliverable-refused"


class DeliverableUnchanged(Refusal):
    """A deliverable that says so already."""

    code = "deliverable-unchanged"
    status = 409


class DeliverableState(Conflict):
    """What is asked does not follow from the state that the deliverable is in; the message says which it is."""

    code = "deliverable-state"


class ReviewOver(Conflict):
    """The review ended without an answer, so that the deliverable is accepted: it is answered no more."""

    code = "review-over"


class ReviewTermsAgreed(Conflict):
    """Who hands in, the review days, and that silence counts stand once both sides have agreed to them."""

    code = "review-terms-agreed"


class AnswerIncomplete(FieldsRefused):
    """A rejection without a reason, or conditions that cannot be kept."""

    code = "answer-incomplete"
