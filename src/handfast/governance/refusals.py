"""What the room of governance refuses."""

from __future__ import annotations

from handfast.foundation.refusals import FieldsRefused
from handfast.kernel.refusal import Refusal


class EntryRefused(FieldsRefused):
    """An entry whose title, text, owner, tags or own fields cannot be kept."""

    code = "entry-refused"


class EntryUnchanged(Refusal):
    """An amendment that says what the entry says already."""

    code = "entry-unchanged"
    status = 409


class MoveRefused(FieldsRefused):
    """A move to a state that cannot follow, or that asks for a field that is empty."""

    code = "move-refused"
    status = 409


class DecisionRefused(FieldsRefused):
    """A decision that cannot be asked so, or an answer that says too little."""

    code = "decision-refused"


class DecisionGiven(Refusal):
    """A decision that was made, taken back or asked anew meanwhile."""

    code = "decision-given"
    status = 409


class FilterUnknown(FieldsRefused):
    """A list asked for by a state, an owner or an order that the register does not have."""

    code = "filter-unknown"


class TableRefused(FieldsRefused):
    """A file or pasted cells that are no table, or one that is too large to be taken in at once."""

    code = "table-refused"


class NothingToTakeIn(Refusal):
    """Rows of which none is new: they stand already, or are refused."""

    code = "nothing-to-take-in"
    status = 409


class ViewRefused(FieldsRefused):
    """A saved view whose name is taken, or that cannot be kept or shared as it says."""

    code = "view-refused"


class ViewUnchanged(Refusal):
    """A saved view that is so already."""

    code = "view-unchanged"
    status = 409


class ViewGone(Refusal):
    """A saved view that was removed; after ten seconds it is not brought back."""

    code = "view-gone"
    status = 409
