"""What the API of contracts takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class AgreementIn(Schema):
    """What was signed."""

    title: str
    currency: str
    signed_on: date | None = None


class AgreementOut(Schema):
    """An agreement of an engagement."""

    id: UUID
    title: str
    currency: str
    signed_on: date | None


class DraftIn(Schema):
    """The text of a draft; `as_seen` is the digest of the text that was read, where there was one."""

    text: str
    as_seen: str | None = None


class TermsDraftOut(Schema):
    """The draft of the caller's own side."""

    id: UUID
    text: str
    sha256: str
    based_on: int
    saved_at: datetime
    proposed_number: int | None


class TextIn(Schema):
    """A text of terms that is only to be checked."""

    text: str


class RemarkOut(Schema):
    """One thing to mend, with its line."""

    line: int
    severity: str
    rule: str
    message: str
    fix: str


class CheckedTermsOut(Schema):
    """What the linter finds in a text; terms with errors cannot be proposed."""

    sha256: str
    remarks: list[RemarkOut]
    left_out: int


class ProposalIn(Schema):
    """Which text is proposed: the digest of the draft that was read."""

    as_seen: str


class VersionOut(Schema):
    """A version without its long texts."""

    number: int
    state: str
    sha256: str
    annex_sha256: str
    in_force_on: date
    proposed_at: datetime
    proposed_side: str
    answered_at: datetime | None
    reason: str
    seen_as: str


class ConfirmationIn(Schema):
    """The number of the version, typed."""

    typed: str
    as_seen: str | None = None


class DeclineTermsIn(Schema):
    """Why terms are declined."""

    reason: str
    as_seen: str | None = None


class WithdrawalIn(Schema):
    """What was seen of the version that is withdrawn."""

    as_seen: str | None = None


class TermsLineOut(Schema):
    """A line of both texts, or of one."""

    kind: str
    before: int | None
    after: int | None
    text: str


class TermsDifferenceOut(Schema):
    """The changed lines with those around them."""

    lines: list[TermsLineOut]
    added: int
    taken: int
    is_cut: bool


class DayOut(Schema):
    """A day that is closed, has other hours, or in which the clocks change."""

    on: date
    kind: str
    name: str
    open_us: int
    change: str


class CalendarYearOut(Schema):
    """A calendar's year: open time in microseconds, and the special days."""

    number: int
    zone: str
    open_us: int
    special: list[DayOut]


class TermsLevelOut(Schema):
    """One promise, thresholds as written."""

    key: str
    name: str
    measured: str
    expected: str
    minimum: str
    better: str


class ServiceOut(Schema):
    """A service and its levels; the name is empty for levels of none."""

    name: str
    levels: list[TermsLevelOut]


class StretchOut(Schema):
    """What holds from a day up to another, not included."""

    name: str
    first: date
    end: date
    services: list[ServiceOut]
    money: str
