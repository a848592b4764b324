"""What people refuses, each with its code."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused


class InvitationSpent(Conflict):
    """A link that was used, withdrawn, or has expired, or that never was: which of these is not said."""

    code = "invitation-spent"
    status = 410


class RoleUnknown(FieldsRefused):
    """A role that the side does not have."""

    code = "role-unknown"


class HourUnknown(FieldsRefused):
    """An hour of the daily mail that no day has."""

    code = "hour-unknown"


class NameMissing(FieldsRefused):
    """A person or an organisation without a name."""

    code = "name-missing"


class AddressTaken(Conflict):
    """An address that somebody signs in with already; said to whoever runs the installation only."""

    code = "address-taken"


class ZoneUnknown(FieldsRefused):
    """A time zone that does not exist."""

    code = "zone-unknown"


class LanguageUnknown(FieldsRefused):
    """A language that the pages do not speak."""

    code = "language-unknown"


class LastManager(Conflict):
    """The last one who manages the people of a side cannot end."""

    code = "last-manager"


class MembershipEnded(Conflict):
    """The membership has ended already."""

    code = "membership-ended"


class TokenRevoked(Conflict):
    """The token was revoked before."""

    code = "token-revoked"


class ExpiryRefused(FieldsRefused):
    """An expiry in the past, or too far ahead."""

    code = "expiry-refused"


class FeedRevoked(Conflict):
    """The calendar feed was revoked before."""

    code = "feed-revoked"


class WordUnknown(FieldsRefused):
    """A word for a side that is not one of the field's."""

    code = "word-unknown"
