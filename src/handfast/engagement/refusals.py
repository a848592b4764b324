"""What engagement refuses, each with its code."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused


class EngagementRefused(FieldsRefused):
    """Values of a deal that cannot be taken."""

    code = "engagement-refused"


class SideTaken(Conflict):
    """The side belongs to another organisation already."""

    code = "side-taken"
