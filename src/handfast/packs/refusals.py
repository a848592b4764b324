"""What packs refuse."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused, NotSeen
from handfast.kernel.refusal import Refusal


class PackRefused(FieldsRefused):
    """A pack that cannot be made as it is asked for."""

    code = "pack-refused"


class PackTooLong(Refusal):
    """More lines than a pack takes."""

    code = "pack-too-long"


class PackWithdrawn(Conflict):
    """A pack that was withdrawn: its files are no longer given out."""

    code = "pack-withdrawn"


class PackStillWritten(Conflict):
    """A file of a long pack that the worker is still writing."""

    code = "pack-still-written"


class PackForm(NotSeen):
    """A form of file that packs do not have."""

    code = "pack-form-unknown"


class PackMadeAlready(Refusal):
    """A form that was sent twice: its pack is there."""

    code = "pack-made-already"
    status = 409


class LookRefused(FieldsRefused):
    """A colour that cannot be read, or a logo that is none."""

    code = "look-refused"
