"""The terms of an agreement: one readable file, effective-dated, checked before anything is counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import rfc8785
from pydantic import Field, model_validator

from handfast.kernel.document import Document, DocumentRefused, parsed
from handfast.kernel.quantity import Span, instant_of
from handfast.kernel.records.mapping import SourceMapping
from handfast.kernel.servicelevels.amendments import Amendment, amended, split
from handfast.kernel.servicelevels.clock_terms import ClockTerms
from handfast.kernel.servicelevels.measure_terms import Measure, threshold_of
from handfast.kernel.servicelevels.references import check_references
from handfast.kernel.servicelevels.regime_terms import Regime
from handfast.kernel.worktime.written import WrittenCalendar, Zone
from handfast.kernel.worktime.zones import zone_named
from handfast.kernel.written_values import Day, Identifier, Text, Written

if TYPE_CHECKING:
    from fractions import Fraction


class Effective(Written):
    """Days in the agreement's zone; `to` is the day after the last."""

    first: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _forward(self) -> Effective:
        if self.end <= self.first:
            raise ValueError(f"the agreement ends on {self.end}, not after it starts on {self.first}")
        return self


class Service(Written):
    name: Text


class LowVolume(Written):
    """What a month with too few records means; one rule at a time."""

    minimum_sample: Annotated[int, Field(ge=1)] | None = None
    misses_allowed: Annotated[int, Field(ge=0)] | None = None
    below: Annotated[int, Field(ge=1)] | None = Field(
        None, description="with misses_allowed: under how many records"
    )
    roll_forward_until: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> LowVolume:
        rules = [self.minimum_sample, self.misses_allowed, self.roll_forward_until]
        if sum(rule is not None for rule in rules) != 1:
            raise ValueError("name one of minimum_sample, misses_allowed, roll_forward_until")
        if (self.misses_allowed is None) != (self.below is None):
            raise ValueError("misses_allowed and below go together")
        return self


class Level(Written):
    """A promise about a measure: what is expected, and the minimum under which it is missed."""

    measure: Identifier
    name: Text
    service: Identifier | None = None
    expected: Text | None = Field(None, description="in the measure's unit, as 95 % or 4h")
    minimum: Text | None = Field(None, description="under it the level is missed")
    better: Literal["higher", "lower"] = "higher"
    at_level: Literal["met", "missed"] = Field("met", description="a value exactly at the level")
    low_volume: LowVolume | None = None


class WrittenTerms(Written):
    """One version of the terms as written."""

    agreement: Annotated[Text, Field(description="the agreement's name, on every statement")]
    zone: Annotated[Zone, Field(description="where its days and months begin and end")]
    rules: Literal["1"] = Field("1", description="the version of the rules' meaning")
    effective: Effective
    parties: dict[Literal["client", "provider"], Text] = Field(
        default_factory=dict, description="what the two sides are called"
    )
    words: dict[Literal["expected", "minimum"], Text] = Field(
        default_factory=dict, description="the agreement's own words for the two thresholds"
    )
    period: Literal["month"] = "month"
    services: dict[Identifier, Service] = Field(default_factory=dict)
    sources: dict[Identifier, SourceMapping] = Field(default_factory=dict)
    calendars: dict[Identifier, WrittenCalendar] = Field(default_factory=dict)
    clocks: dict[Identifier, ClockTerms] = Field(default_factory=dict)
    measures: dict[Identifier, Measure] = Field(min_length=1)
    levels: dict[Identifier, Level] = Field(min_length=1)
    regime: Regime | None = None

    def measure_of(self, level: str) -> Any:
        return self.measures[self.levels[level].measure]

    def threshold(self, level: str, which: Literal["expected", "minimum"]) -> Fraction | None:
        """The level's threshold on the scale of its measure's unit, or None where there is none."""
        text = self.levels[level].expected if which == "expected" else self.levels[level].minimum
        return None if text is None else threshold_of(text, self.measure_of(level).unit)


class WrittenFile(WrittenTerms):
    """A whole file of terms: the first version, and the amendments to it."""

    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the terms and the instants in which it is in force."""

    name: str
    in_force: Span
    terms: WrittenTerms
    calendar_keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class Terms:
    """All versions of one agreement's terms, in order, without a gap; `digest` names the content."""

    file_name: str
    versions: tuple[Version, ...]
    digest: str

    @property
    def first(self) -> WrittenTerms:
        return self.versions[0].terms

    def version_at(self, instant_us: int) -> Version:
        for version in self.versions:
            if version.in_force.holds(instant_us):
                return version
        raise DocumentRefused(f"{self.file_name}: no version of the terms is in force at that instant")

    def calendars(self) -> dict[str, WrittenCalendar]:
        """Every calendar that any version uses, by the key under which the annex keeps it."""
        found: dict[str, WrittenCalendar] = {}
        for version in self.versions:
            for name, key in version.calendar_keys.items():
                found.setdefault(key, version.terms.calendars[name])
        return found


def midnight(day: date, zone: str) -> int:
    """The first instant of a day in a zone, in microseconds UTC."""
    return instant_of(datetime(day.year, day.month, day.day, tzinfo=zone_named(zone)))


def read_terms(document: Document) -> Terms:
    """The terms in `document`, all versions validated; every fault named by file, line and field."""
    if not isinstance(document.content, dict):
        raise DocumentRefused(
            f"{document.name}, line 1: terms are keys with values, beginning with agreement:"
        )
    amendments, versions = written_versions(document)
    written = [parsed(WrittenTerms, version) for version in versions]
    for version, terms in zip(versions, written, strict=True):
        check_references(version, terms)
    starts = _starts(document, written[0], amendments)
    zone = written[0].zone
    ends = [*starts[1:], written[0].effective.end]
    names = ["terms", *(amendment.name for amendment in amendments)]
    keys = _calendar_keys(written, starts)
    built = tuple(
        Version(names[i], Span(midnight(starts[i], zone), midnight(ends[i], zone)), written[i], keys[i])
        for i in range(len(written))
    )
    return Terms(document.name, built, digest_of(document.content))


def written_versions(document: Document) -> tuple[tuple[Amendment, ...], tuple[Document, ...]]:
    """The amendments, and the document as each version reads: as written first, then after each amendment."""
    amendments, base = split(document)
    versions = [base]
    for place, _ in enumerate(amendments):
        versions.append(amended(versions[-1], document, place))
    return amendments, tuple(versions)


def digest_of(content: Any) -> str:
    """SHA-256 of what a document says: comments, spacing and quoting change nothing.

    The order of keys does: it is the order of a statement's lines, and some terms give it a meaning in money.
    """
    return hashlib.sha256(rfc8785.dumps(_as_text(content))).hexdigest()


def _as_text(content: Any) -> Any:
    if isinstance(content, dict):
        return {"keys": [[str(key), _as_text(value)] for key, value in content.items()]}
    if isinstance(content, list | tuple):
        return [_as_text(value) for value in content]
    return content if content is None else str(content)


def _starts(document: Document, terms: WrittenTerms, amendments: tuple[Amendment, ...]) -> list[date]:
    starts = [terms.effective.first]
    for place, amendment in enumerate(amendments):
        if not starts[-1] < amendment.first < terms.effective.end:
            line = document.line_of(("amendments", place, "from"))
            raise DocumentRefused(
                f"{document.name}, line {line}: amendments.{place}.from: {amendment.first} must lie after "
                f"{starts[-1]} and before {terms.effective.end}"
            )
        starts.append(amendment.first)
    return starts


def _calendar_keys(written: list[WrittenTerms], starts: list[date]) -> list[dict[str, str]]:
    keys: list[dict[str, str]] = []
    for place, terms in enumerate(written):
        now: dict[str, str] = {}
        for name, calendar in terms.calendars.items():
            same = place and written[place - 1].calendars.get(name) == calendar
            now[name] = keys[-1][name] if same else (f"{name} from {starts[place]}" if place else name)
        keys.append(now)
    return keys
