"""What is asked in the standard sample: a change pulse before wave 2 that is closed, and one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.journeys.samples.sample import Side


@dataclass(frozen=True, slots=True)
class SampleSaid:
    """What one of a group says: a digit for each question in order (`-` leaves it out), and the last one in words."""

    group: str
    places: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SampleSurvey:
    """A usual questionnaire, sent by one side to so many of each group; closed where `closed_at` says so."""

    at: datetime
    by: Side
    usual: str
    title: str
    purpose: str
    closes_on: date
    groups: Mapping[str, int]
    said: tuple[SampleSaid, ...]
    closed_at: datetime | None = None
    is_internal: bool = False


def _all(group: str, *rows: str) -> tuple[SampleSaid, ...]:
    """`454454 What they write`."""
    return tuple(SampleSaid(group, *one.partition(" ")[::2]) for one in rows)


STANDARD = (
    SampleSurvey(
        datetime(2026, 2, 16, 13, tzinfo=UTC), "client", "change_pulse", "Change pulse, wave 2, February",
        "To hear early how the second wave reaches those whom it touches.", date(2026, 2, 27),
        {"Order desk": 12, "Returns": 9, "Store support": 8, "Finance": 4},
        (
            *_all(
                "Order desk", "544434 Whether the evening shift still reaches somebody who knows our shops.", "454543",
                "434444 That the notes on the big accounts get lost.", "545454", "443433", "554544 Nothing, it went well in wave 1.",
                "444454", "433343 What I do in June.", "545444",
            ),
            *_all(
                "Returns", "323322 What becomes of my work.", "434333", "222312 Nobody has told us which refunds go over.", "433433",
                "344434", "323323 My manager knows as little as I do.", "444343",
            ),
            *_all("Store support", "444444", "535545", "443444 Two systems at once in the first weeks.", "454454", "344344", "545555"),
            *_all("Finance", "443433", "333333 Who checks the credit notes at the end of the month."),
        ),
        datetime(2026, 2, 28, 9, tzinfo=UTC),
    ),
    SampleSurvey(
        datetime(2026, 4, 13, 13, tzinfo=UTC), "client", "change_pulse", "Change pulse, wave 2, before the decision",
        "The same questions as in February, before both sides decide on the go-live.", date(2026, 4, 24),
        {"Order desk": 12, "Returns": 9, "Store support": 8, "Finance": 4},
        (
            *_all("Order desk", "555544", "544554", "454444", "555555", "444444", "545544 The first Monday."),
            *_all("Returns", "444434", "434443 Refunds over 30 days.", "544444", "333434"),
            *_all("Store support", "454444", "554544", "444454"),
        ),
    ),
)  # fmt: skip
