"""What engagement refuses, each with its code."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused


class EngagementRefused(FieldsRefused):
    """Values of a deal that cannot be taken."""

    code = "engagement-refused"


class OnlyASample(Conflict):
    """A real deal for an organisation that belongs to a sample: it would go with the sample."""

    code = "only-a-sample"


class OrganisationUnchosen(FieldsRefused):
    """Whoever belongs to organisations already says for which one they join, or that a new one joins."""

    code = "organisation-unchosen"


class SideTaken(Conflict):
    """The side belongs to another organisation already."""

    code = "side-taken"
