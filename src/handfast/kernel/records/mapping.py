"""The mapping of one source: which columns say what, written by a person and never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    field_validator,
    model_validator,
)

from handfast.kernel.records.needs import StampRule
from handfast.kernel.records.refusals import MappingRefused
from handfast.kernel.records.stampformat import ISO, format_named

if TYPE_CHECKING:
    from collections.abc import Mapping

Ambiguous = Literal["refuse", "first", "second"]
MissingMean = Literal["refuse", "none"]
TakenAt = Literal["start", "stop", "last"]
Tie = Literal["start", "pause", "resume", "stop", "name"]
TIES: tuple[Tie, ...] = ("start", "pause", "resume", "stop", "name")
MOST_DIGITS = 9
LONGEST_INTERVAL_MINUTES = 24 * 60
# What the engines themselves find out about a record: an attribute by such a name would be taken for it, or lost.
COUNTED_NAMES = frozenset(
    ("reopenings", "place", "start_us", "stop_us", "end_us", "due_us", "is_finished", "elapsed", "excluded")
)

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Column = Annotated[str, Field(min_length=1, max_length=500)]
Digits = Annotated[int, Field(ge=0, le=MOST_DIGITS)]


class Written(BaseModel):
    """A frozen part of a mapping; an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StampDefaults(Written):
    """How stamps are written: format, the zone of naive ones, what an hour that exists twice means."""

    format: str = ISO
    zone: str | None = None
    ambiguous: Ambiguous = "refuse"

    @field_validator("format")
    @classmethod
    def _format_is_read(cls, written: str) -> str:
        try:
            format_named(written)
        except MappingRefused as refused:
            raise ValueError(str(refused)) from refused
        return written

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, written: str | None) -> str | None:
        if written is None:
            return None
        from handfast.kernel.refusal import Refusal  # noqa: PLC0415 - beside the import it guards
        from handfast.kernel.worktime.zones import zone_named  # noqa: PLC0415 - the zones load slowly

        try:
            zone_named(written)
        except Refusal as refused:
            raise ValueError(str(refused)) from refused
        return written


class StampColumn(StampDefaults):
    """A column of stamps."""

    column: Column


class RecordStamp(Written):
    """A stamp's column; what is left out is as in `at`."""

    column: Column
    format: str | None = None
    zone: str | None = None
    ambiguous: Ambiguous | None = None


class RecordAttribute(Written):
    """A column that says something of the record: text, or with `digits` an exact number."""

    column: Column
    digits: Digits | None = None


class EventAttribute(RecordAttribute):
    """An attribute that may drift inside a record: `taken_at` names the event that decides."""

    taken_at: TakenAt


class TotalColumn(Written):
    """A total, or a mean that `times` (another total of this source) turns back into its sum."""

    column: Column
    times: Name | None = None
    digits: Digits = 0
    missing_mean: MissingMean = Field(
        "refuse",
        description="a mean left out although `times` is not 0; none: its sum is 0, and it is counted",
    )

    @model_validator(mode="after")
    def _only_means_go_missing(self) -> TotalColumn:
        if self.missing_mean != "refuse" and self.times is None:
            raise ValueError("missing_mean is for a mean: write `times` too, or leave it out")
        return self


def _as_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Stamps = dict[Column, Annotated[RecordStamp, BeforeValidator(_as_column)]]


def _stamp_rules(defaults: StampDefaults, stamps: Stamps) -> tuple[StampRule, ...]:
    """One rule for each named stamp, in the order of their names."""
    rules = []
    for name, stamp in sorted(stamps.items()):
        given = {key: value for key, value in stamp if value is not None and key != "column"}
        settings = {"format": defaults.format, "zone": defaults.zone, "ambiguous": defaults.ambiguous} | given
        whole = StampColumn(column=stamp.column, **settings)
        rules.append(_stamp_rule(name, whole))
    return tuple(rules)


def _stamp_rule(key: str, stamp: StampColumn) -> StampRule:
    if stamp.zone is None and not format_named(stamp.format).is_with_offset:
        raise ValueError(
            f"the stamps of {stamp.column!r} carry no offset: add `zone:`, the place whose clock wrote them"
        )
    return StampRule(key, stamp.column, stamp.format, stamp.zone, stamp.ambiguous)


def _free_names(names: dict[Name, Any], taken: set[str]) -> None:
    for name in names:
        if name in COUNTED_NAMES:
            raise ValueError(
                f"the name {name!r} is what the engines call a column of their own: choose another"
            )
        if name in taken:
            raise ValueError(f"the name {name!r} is already a column of the log: choose another")


Staff = Annotated[
    tuple[Name, ...],
    BeforeValidator(_as_list),
    Field(default=(), description="attributes or keys that name people of the provider: taken in as numbers"),
]


def _staff_apart(staff: tuple[Name, ...], named: dict[Name, Column], plain: set[Column]) -> None:
    """What names people stands in columns of its own, which nothing else of the mapping reads as they are written."""
    for name in staff:
        if name not in named:
            raise ValueError(f"staff: {name!r} is no attribute or key of text: name one of this mapping")
    of_staff = {named[name] for name in staff}
    others = plain | {column for name, column in named.items() if name not in staff}
    if both := sorted(of_staff & others):
        raise ValueError(
            f"staff: column {both[0]!r} is read a second time as it is written: mark every use, or drop it"
        )


class LogMapping(Written):
    """What events and records share."""

    record: Column
    staff: Staff = ()
    missing: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = TIES
    sheet: str | None = None
    delimiter: Literal[",", ";", "\t", "|"] = ","

    @field_validator("ties")
    @classmethod
    def _ties_are_the_five(cls, ties: tuple[Tie, ...]) -> tuple[Tie, ...]:
        if sorted(ties) != sorted(TIES):
            raise ValueError(f"write each of these words once, in the order wanted: {', '.join(TIES)}")
        return ties


class EventsMapping(LogMapping):
    """One row an event."""

    kind: Literal["events"]
    at: StampColumn
    event: Annotated[tuple[Column, ...], BeforeValidator(_as_list), Field(min_length=1, max_length=5)]
    sequence: Column | None = None
    stamps: Stamps = {}
    attributes: dict[Name, EventAttribute] = {}

    @model_validator(mode="after")
    def _fits(self) -> EventsMapping:
        _free_names(self.attributes, {"record", "at", "sequence", "event"})
        stamps = {self.at_rule.column, *(one.column for one in self.stamp_rules)}
        sequence = {self.sequence} if self.sequence else set[str]()
        plain = {self.record, *self.event, *sequence, *stamps, *_figures(self.attributes)}
        _staff_apart(self.staff, _text_attributes(self.attributes), plain)
        return self

    @property
    def at_rule(self) -> StampRule:
        return _stamp_rule("at", self.at)

    @property
    def stamp_rules(self) -> tuple[StampRule, ...]:
        return _stamp_rules(self.at, self.stamps)


class RecordsMapping(LogMapping):
    """One row a record, whose stamps are its events."""

    kind: Literal["records"]
    at: StampDefaults = StampDefaults()
    stamps: Annotated[Stamps, Field(min_length=1)]
    attributes: dict[Name, RecordAttribute] = {}

    @model_validator(mode="after")
    def _fits(self) -> RecordsMapping:
        _free_names(self.attributes, {"record", "at", "sequence", "event"})
        plain = {self.record, *(one.column for one in self.stamp_rules), *_figures(self.attributes)}
        _staff_apart(self.staff, _text_attributes(self.attributes), plain)
        return self

    @property
    def stamp_rules(self) -> tuple[StampRule, ...]:
        return _stamp_rules(self.at, self.stamps)


def _text_attributes(attributes: Mapping[Name, RecordAttribute]) -> dict[Name, Column]:
    return {name: one.column for name, one in attributes.items() if one.digits is None}


def _figures(attributes: Mapping[Name, RecordAttribute]) -> set[Column]:
    """The columns that are read as numbers: of staff they would tell the number of a person in the provider's own books."""
    return {one.column for one in attributes.values() if one.digits is not None}


class IntervalsMapping(Written):
    """One row an interval and queue."""

    kind: Literal["intervals"]
    staff: Staff = ()
    at: StampColumn
    minutes: Annotated[int, Field(ge=1, le=LONGEST_INTERVAL_MINUTES)]
    keys: dict[Name, Column] = {}
    totals: Annotated[dict[Name, Annotated[TotalColumn, BeforeValidator(_as_column)]], Field(min_length=1)]
    missing: tuple[str, ...] = ()
    sheet: str | None = None
    delimiter: Literal[",", ";", "\t", "|"] = ","

    @model_validator(mode="after")
    def _fits(self) -> IntervalsMapping:
        _free_names(self.keys, {"at"})
        _free_names(self.totals, {"at", *self.keys})
        totals = {one.column for one in self.totals.values()}
        _staff_apart(self.staff, self.keys, {self.at_rule.column, *totals})
        for name, total in self.totals.items():
            if total.times is None:
                continue
            multiplier = self.totals.get(total.times)
            if multiplier is None or multiplier.times is not None or multiplier.digits:
                raise ValueError(
                    f"total {name!r}: `times` names a whole total of this source; {total.times!r} is none"
                )
        return self

    @property
    def at_rule(self) -> StampRule:
        return _stamp_rule("at", self.at)


SourceMapping = Annotated[EventsMapping | RecordsMapping | IntervalsMapping, Field(discriminator="kind")]
_ADAPTER: TypeAdapter[EventsMapping | RecordsMapping | IntervalsMapping] = TypeAdapter(SourceMapping)


def mapping_from(content: Any) -> EventsMapping | RecordsMapping | IntervalsMapping:
    """The mapping that plain values (of YAML or JSON) say; pydantic's ValidationError where they do not."""
    return _ADAPTER.validate_python(content)
