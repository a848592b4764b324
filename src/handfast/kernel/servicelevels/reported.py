"""Reported values: what one side reports and attests for a period, with the file it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from handfast.kernel.document import Document, DocumentRefused, parsed
from handfast.kernel.servicelevels.measure_terms import Reported
from handfast.kernel.servicelevels.terms import Terms, digest_of
from handfast.kernel.written_values import (
    Identifier,
    Instant,
    Month,
    Number,
    Percent,
    Text,
    Written,
)

if TYPE_CHECKING:
    from decimal import Decimal


class ReportedValue(Written):
    """A value for a measure in a period: a share, its two counts (then it has an n), or a number."""

    share: Percent | None = None
    number: Number | None = None
    numerator: Annotated[int, Field(ge=0)] | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    by: Literal["client", "provider"]
    at: Instant
    attested_by: Text
    file: Text | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> ReportedValue:
        has_counts = self.numerator is not None and self.n is not None
        if (self.numerator is None) != (self.n is None):
            raise ValueError("numerator and n go together")
        if (self.share is not None) + (self.number is not None) + has_counts != 1:
            raise ValueError("write one of: share, number, or numerator with n")
        if self.numerator is not None and self.n is not None and self.numerator > self.n:
            raise ValueError(f"{self.numerator} of {self.n} is more than all")
        if self.share is not None and self.share > 1:
            raise ValueError("a share over 100 % is more than all")
        return self

    @property
    def exact(self) -> Fraction:
        """The value on its unit's scale: a share in percent, a number as it is."""
        if self.number is not None:
            return Fraction(self.number)
        if self.share is not None:
            return self.share * 100
        return Fraction((self.numerator or 0) * 100, self.n or 1)


def _not_negative(number: Decimal) -> Decimal:
    if number < 0:
        raise ValueError("charges are not negative")
    return number


NotNegative = Annotated[Number, AfterValidator(_not_negative)]


class WrittenReported(Written):
    values: dict[Identifier, dict[Month, ReportedValue]] = Field(default_factory=dict)
    charges: dict[Month, NotNegative] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportedValues:
    written: WrittenReported
    digest: str | None = None


NOTHING_REPORTED = ReportedValues(WrittenReported())


def read_reported(document: Document, terms: Terms | None = None) -> ReportedValues:
    """The reported values in `document`; with `terms`, only of measures that these say are reported."""
    if not isinstance(document.content, dict):
        raise DocumentRefused(f"{document.name}, line 1: expected the keys values: or charges:")
    written = parsed(WrittenReported, document)
    if terms is not None:
        _refuse_strangers(document, written, terms)
    return ReportedValues(written, digest_of(document.content))


def _refuse_strangers(document: Document, written: WrittenReported, terms: Terms) -> None:
    known = {
        key
        for version in terms.versions
        for key, measure in version.terms.measures.items()
        if isinstance(measure, Reported)
    }
    for key in written.values:
        if key not in known:
            line = document.line_of(("values", key))
            raise DocumentRefused(
                f"{document.name}, line {line}: values.{key}: the terms have no reported measure of this name; "
                f"they have: {', '.join(sorted(known)) or 'none'}"
            )
