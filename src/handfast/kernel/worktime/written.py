"""A calendar as people write it: zone, hours of the week, holidays."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from handfast.kernel.refusal import Refusal
from handfast.kernel.worktime.windows import DAYS, Window, date_of, weekdays_of, windows_of
from handfast.kernel.worktime.zones import zone_named


def _known_zone(name: str) -> str:
    try:
        zone_named(name)
    except Refusal as refusal:
        raise ValueError(str(refusal)) from refusal
    return name


def _text_list(value: Any) -> Any:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError('write a list of windows, as in ["07:30-18:00"]')
    return tuple(value)


def _written_date(value: Any) -> Any:
    return date_of(value) if isinstance(value, str) else value


def _windows(texts: tuple[str, ...]) -> tuple[str, ...]:
    if not texts:
        raise ValueError("an empty list of windows: leave the day out, or write a closed date under 'add'")
    windows_of(texts)
    return texts


Zone = Annotated[str, AfterValidator(_known_zone)]
WindowTexts = Annotated[tuple[str, ...], BeforeValidator(_text_list), AfterValidator(_windows)]
WrittenDate = Annotated[date, BeforeValidator(_written_date)]
Country = Annotated[str, Field(min_length=1, max_length=60)]


class WrittenHolidays(BaseModel):
    """What the library proposes for a country, and what the parties change about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: Country | None = None
    subdivision: Country | None = None
    add: dict[WrittenDate, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)
    remove: tuple[WrittenDate, ...] = ()
    half: dict[WrittenDate, WindowTexts] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.subdivision is not None and self.country is None:
            raise ValueError("a subdivision without its country: write the country too")
        if self.remove and self.country is None:
            raise ValueError(
                "'remove' takes back what a country proposes: write the country, or leave 'remove' out"
            )
        if len(set(self.remove)) != len(self.remove):
            raise ValueError("'remove' names a date twice")
        named = (("add", set(self.add)), ("remove", set(self.remove)), ("half", set(self.half)))
        for place, (first, first_dates) in enumerate(named):
            for second, second_dates in named[place + 1 :]:
                for day in sorted(first_dates & second_dates):
                    raise ValueError(f"{day} stands in both '{first}' and '{second}': leave it in one")
        return self


class WrittenCalendar(BaseModel):
    """The one format of a calendar that the command line, the terms and the pages share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zone: Zone
    hours: dict[str, WindowTexts]
    holidays: WrittenHolidays = Field(default_factory=WrittenHolidays)

    @model_validator(mode="after")
    def _opens_some_day(self) -> Self:
        if not self.hours:
            raise ValueError('hours: no day is open: write at least one, as in mon-fri: ["09:00-17:00"]')
        seen: dict[int, str] = {}
        for key in self.hours:
            for weekday in weekdays_of(key):
                if weekday in seen:
                    raise ValueError(f"hours: {DAYS[weekday]} stands in both {seen[weekday]!r} and {key!r}")
                seen[weekday] = key
        return self

    def week(self) -> tuple[tuple[Window, ...], ...]:
        """The windows of Monday to Sunday; a day without any is closed."""
        days: list[tuple[Window, ...]] = [()] * len(DAYS)
        for key, texts in self.hours.items():
            for weekday in weekdays_of(key):
                days[weekday] = windows_of(texts)
        return tuple(days)
