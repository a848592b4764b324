"""What operate refuses, each with its code."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused


class StatementFrozen(Conflict):
    """An agreed statement never changes."""

    code = "statement-frozen"


class StatementSuperseded(Conflict):
    """A later revision stands in its place."""

    code = "statement-superseded"


class LinesDisputed(Conflict):
    """A statement with an open dispute is not agreed."""

    code = "lines-disputed"


class LineDisputed(Conflict):
    """The line is disputed already."""

    code = "line-disputed"


class DisputeWithdrawn(Conflict):
    """The dispute is not open any more."""

    code = "dispute-withdrawn"


class NothingMoved(Conflict):
    """A revision that says the same as the one before it."""

    code = "nothing-moved"


class DraftIssued(Conflict):
    """A draft is issued once; compute the month again for a revision."""

    code = "draft-issued"


class MonthNotOver(Conflict):
    """A month is issued when it is over."""

    code = "month-not-over"


class AmountMistyped(FieldsRefused):
    """The amount that was typed is not the one that is signed."""

    code = "amount-mistyped"


class LevelUnknown(FieldsRefused):
    """No such line in the statement."""

    code = "level-unknown"


class ReasonMissing(FieldsRefused):
    """A dispute or an answer without its reason."""

    code = "reason-missing"


class AdjustmentAnswered(Conflict):
    """The adjustment was answered or withdrawn before."""

    code = "adjustment-answered"


class NoTermsYet(Conflict):
    """Without terms in force nothing can be computed."""

    code = "no-terms-yet"


class DraftOutdated(Conflict):
    """A revision was issued since the draft was computed, or the draft does not say what it moves."""

    code = "draft-outdated"


class MeasureNotReported(FieldsRefused):
    """The terms have no such measure that somebody reports."""

    code = "measure-not-reported"


class OtherSideReports(FieldsRefused):
    """The terms let the other side report this measure."""

    code = "other-side-reports"


class ReportUnfit(FieldsRefused):
    """A reported value of the wrong kind, or one that the terms cannot read."""

    code = "report-unfit"


class ReportWithdrawn(Conflict):
    """The report was withdrawn before."""

    code = "report-withdrawn"


class WrittenByTheHouse(FieldsRefused):
    """A proposal that says of itself who accepted it, who proposed it, or how it is called."""

    code = "written-by-the-house"


class InputsGone(Conflict):
    """What a statement was computed from is no longer there as it was: no bundle of it would recompute."""

    code = "inputs-gone"


class FiguresRefused(FieldsRefused):
    """A sheet of figures with rows that cannot be read, or of which no column says what is needed."""

    code = "figures-refused"


class FiguresStand(Conflict):
    """A sheet that tells nothing that does not stand already."""

    code = "figures-stand"


class SheetWithdrawn(Conflict):
    """The sheet was withdrawn before."""

    code = "sheet-withdrawn"
