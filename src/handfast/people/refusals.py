"""What people refuses, each with its code."""

from __future__ import annotations

from handfast.foundation.refusals import Conflict, FieldsRefused
from handfast.kernel.refusal import Refusal


class MembershipLasts(Conflict):
    """A role for a time is not put beside roles that last for another one: it would last as long as they do."""

    code = "membership-lasts"


class InvitationSpent(Conflict):
    """A link that was used, withdrawn, or has expired, or that never was: which of these is not said."""

    code = "invitation-spent"
    status = 410


class RoleUnknown(FieldsRefused):
    """A role that the side does not have."""

    code = "role-unknown"


class SpanRefused(FieldsRefused):
    """A membership for a time that has no end, or one before its beginning."""

    code = "span-refused"


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


class CompanySignInRefused(Refusal):
    """A sign-in with a company's account that opens nothing here; why, stands in the installation's log alone.

    The same words for everybody, so that nobody learns who is known here. Also for whose organisation asks for its own.
    """

    code = "company-sign-in-refused"
    status = 403

    def __init__(self, *, log: str = "") -> None:
        super().__init__("you could not be signed in this way: use another way, or ask who invited you")
        self.log = log


class CompanyUnavailable(Refusal):
    """A company's sign-in that does not answer, or not as it should."""

    code = "company-unavailable"
    status = 503

    def __init__(self, said: str, *, log: str = "", answered: int | None = None) -> None:
        super().__init__(said)
        self.log, self.answered = log, answered


class CompanyNotLinked(FieldsRefused):
    """A sign-in that an organisation cannot ask of its people: not offered here, or not tried by whoever asks for it."""

    code = "company-not-linked"


class DelegationRefused(FieldsRefused):
    """Authority handed to nobody who can hold it, more than one has, or for no days."""

    code = "delegation-refused"


class DelegationEnded(Conflict):
    """A delegation is ended once."""

    code = "delegation-ended"


class StillBelongs(Conflict):
    """Somebody who asks to be erased while an engagement still counts on them."""

    code = "still-belongs"


class ErasureUnconfirmed(FieldsRefused):
    """An erasing without the person's own address written once more."""

    code = "erasure-unconfirmed"
