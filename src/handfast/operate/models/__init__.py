"""The nouns of operate."""

from handfast.operate.models.adjustment import Adjustment
from handfast.operate.models.dispute import Dispute
from handfast.operate.models.draft import StatementDraft
from handfast.operate.models.figure_sheet import FigureSheet
from handfast.operate.models.reported import ReportedValue
from handfast.operate.models.statement import Statement

__all__ = ["Adjustment", "Dispute", "FigureSheet", "ReportedValue", "Statement", "StatementDraft"]
