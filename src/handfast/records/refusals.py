"""What the room refuses where it keeps the names of the provider's people from the other side."""

from __future__ import annotations

from handfast.kernel.refusal import Refusal


class StaffFromOtherSide(Refusal):
    """A file that names people of the provider, and was not sent by the provider."""

    code = "staff-from-other-side"
    status = 403


class StaffMarksKept(Refusal):
    """A mapping that would read names as they are written where the provider's people are numbers so far."""

    code = "staff-marks-kept"
    status = 403
