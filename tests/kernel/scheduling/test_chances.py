"""How sure a date is, in words that people use, never surer than the runs."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from handfast.kernel.quantity import Share, instant_of
from handfast.kernel.scheduling.chances import Chances, Kept, chances_sentence, kept_sentence, share_in_words


def july(*days: int) -> np.ndarray:
    return np.array([instant_of(datetime(2026, 7, day, 15, tzinfo=UTC)) for day in days])


def test_sentence_names_even_odds_four_in_five_and_the_likely_date() -> None:
    found = Chances(None, int(july(1)[0]), july(1, 2, 3, 5, 7, 8, 9, 20, 24, 30))
    assert chances_sentence(found, "Europe/Warsaw") == (
        "Even odds by 7 July 2026, four chances in five by 20 July 2026; "
        "if everything takes as long as is likely, 1 July 2026 (10 runs of 100)."
    )


def test_sentence_of_one_date_names_it_once() -> None:
    found = Chances(None, int(july(1)[0]), july(7, 7, 7))
    assert chances_sentence(found, "UTC").startswith("Even odds and four chances in five by 7 July 2026; ")


def test_day_is_that_of_the_zone_and_midnight_belongs_to_the_day_before() -> None:
    midnight = instant_of(datetime(2026, 7, 7, 22, tzinfo=UTC))
    found = Chances(None, midnight, np.array([midnight]))
    assert "7 July" in chances_sentence(found, "Europe/Warsaw")
    assert "8 July" in chances_sentence(Chances(None, midnight, np.array([midnight + 1])), "Europe/Warsaw")


@pytest.mark.parametrize(
    ("kind", "said"),
    [("deadline", "The deadline of"), ("fixed", "The fixed start on"), ("baseline", "The agreed end on")],
)
def test_kept_date_says_which_date_and_how_often(kind: str, said: str) -> None:
    kept = Kept("a", kind, int(july(3)[0]), Share(7_012, 10_000))
    assert kept_sentence(kept, "UTC") == f"{said} 3 July 2026 is kept in 70 runs of 100."


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Share(0, 500), "no run"),
        (Share(1, 500), "fewer than 1 run of 100"),
        (Share(5, 500), "1 run of 100"),
        (Share(250, 500), "50 runs of 100"),
        (Share(495, 500), "99 runs of 100"),
        (Share(499, 500), "more than 99 runs of 100"),
        (Share(500, 500), "all runs"),
    ],
)
def test_share_is_never_rounded_to_all_or_to_none(share: Share, said: str) -> None:
    assert share_in_words(share) == said
