"""Money, Share and Span: the words that every kernel speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    localcontext,
)
from fractions import Fraction
from typing import Literal

from handfast.kernel.refusal import WrongQuantity

RoundingMode = Literal["half up", "half down", "half even", "up", "down", "ceiling", "floor"]

_DECIMAL_MODE: dict[str, str] = {
    "half up": ROUND_HALF_UP,
    "half down": ROUND_HALF_DOWN,
    "half even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
}

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND_US = 1_000_000
CURRENCY_LETTERS = 3


def instant_of(moment: datetime) -> int:
    """Whole microseconds since 1970-01-01T00:00:00Z of an aware datetime."""
    if moment.tzinfo is None:
        raise WrongQuantity(f"{moment.isoformat()} has no offset: an instant needs its zone")
    return (moment - EPOCH) // MICROSECOND


def moment_of(instant_us: int) -> datetime:
    """The aware UTC datetime of an instant in microseconds."""
    return EPOCH + timedelta(microseconds=instant_us)


def iso_of(instant_us: int) -> str:
    """An instant as `2012-04-01T00:00:00Z`, with six digits of a second only where there are any."""
    moment = moment_of(instant_us).replace(tzinfo=None)
    return f"{moment.isoformat()}Z"


def rounded(value: Fraction | Decimal | int, digits: int, mode: RoundingMode) -> Decimal:
    """`value` at exactly `digits` decimal places, exact before the one rounding.

    Works on the integer quotient and its remainder, so no intermediate precision can double-round.
    """
    if digits < 0:
        raise WrongQuantity(f"{digits} digits: a rounding has 0 or more digits")
    scaled = Fraction(value) * 10**digits
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    # One more decimal digit that only says how the rest compares with a half is enough for every mode.
    twice = 2 * rest
    tail = (
        0 if rest == 0 else (5 if twice == scaled.denominator else (1 if twice < scaled.denominator else 9))
    )
    with localcontext() as context:
        context.prec = len(str(whole)) + 2
        exact = Decimal(whole * 10 + tail).scaleb(-1)
        signed = -exact if scaled < 0 else exact
        result = signed.quantize(Decimal(1), rounding=_DECIMAL_MODE[mode])
        unsigned_zero = abs(result) if result == 0 else result
        return unsigned_zero.scaleb(-digits)


def plain_text(number: Decimal) -> str:
    """A decimal as people write it, with all its digits and never with an exponent."""
    return format(number, "f")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open span of time `[starts_us, ends_us)` in microseconds UTC."""

    starts_us: int
    ends_us: int

    def __post_init__(self) -> None:
        if self.ends_us < self.starts_us:
            raise WrongQuantity(
                f"a span ends before it starts: {iso_of(self.starts_us)} to {iso_of(self.ends_us)}"
            )

    @property
    def length_us(self) -> int:
        return self.ends_us - self.starts_us

    def holds(self, instant_us: int) -> bool:
        return self.starts_us <= instant_us < self.ends_us


@dataclass(frozen=True, slots=True)
class Share:
    """An exact part of a whole, `numerator / denominator`; the whole is never nothing."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator <= 0:
            raise WrongQuantity("a share of nothing has no value: say 'no data'")

    @property
    def exact(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency, at the scale it was rounded to."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise WrongQuantity(f"{self.amount} is not an amount")
        if (
            len(self.currency) != CURRENCY_LETTERS
            or not self.currency.isascii()
            or not self.currency.isupper()
            or not self.currency.isalpha()
        ):
            raise WrongQuantity(f"currency {self.currency!r}: write the three letters of ISO 4217, as in CAD")

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def _same_currency(self, other: Money) -> None:
        if other.currency != self.currency:
            raise WrongQuantity(f"{self.currency} and {other.currency} do not add up without a rate")

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
