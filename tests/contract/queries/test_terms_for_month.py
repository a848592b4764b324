"""Which version judges a month: the latest that counts from a day before the month's end."""

from __future__ import annotations

import pytest
from tests.contract.deal import AMENDED, AT, CHANGED, TERMS, Bargain, a_bargain

from handfast.contract.actions import decline_terms
from handfast.contract.queries import terms_for_month
from handfast.foundation.scope import entered
from handfast.kernel.servicelevels.periods import NoSuchPeriod

pytestmark = pytest.mark.django_db
EARLIER = AMENDED.replace("2026-07-01", "2026-05-16")


@pytest.fixture
def bargain() -> Bargain:
    return a_bargain()


def judging(bargain: Bargain, *months: str) -> list[int]:
    with entered(bargain.reader.reach):
        found = [terms_for_month(bargain.agreement, month) for month in months]
    return [0 if one is None else one.number for one in found]


def test_month_before_the_day_from_which_a_version_counts_stays_with_the_one_before(bargain: Bargain) -> None:
    bargain.agreed(TERMS)
    bargain.agreed(AMENDED)
    assert judging(bargain, "2026-01", "2026-06", "2026-07", "2026-12") == [1, 1, 2, 2]


def test_month_in_the_middle_of_which_a_version_begins_is_judged_by_it(bargain: Bargain) -> None:
    bargain.agreed(TERMS)
    bargain.agreed(EARLIER)
    assert judging(bargain, "2026-04", "2026-05", "2026-06") == [1, 2, 2]


def test_version_whose_own_text_was_changed_counts_from_the_first_day(bargain: Bargain) -> None:
    bargain.agreed(TERMS)
    bargain.agreed(CHANGED)
    assert judging(bargain, "2026-01", "2026-03") == [2, 2]


def test_version_that_reaches_back_behind_an_earlier_one_judges_from_its_own_day(bargain: Bargain) -> None:
    for text in (TERMS, AMENDED, EARLIER):
        bargain.agreed(text)
    assert judging(bargain, "2026-04", "2026-05", "2026-06", "2026-07") == [1, 3, 3, 3]


def test_month_before_all_versions_is_left_to_the_first_to_refuse(bargain: Bargain) -> None:
    bargain.agreed(TERMS)
    bargain.agreed(AMENDED)
    assert judging(bargain, "2025-12") == [1]


def test_only_versions_in_force_judge(bargain: Bargain) -> None:
    assert judging(bargain, "2026-08") == [0]
    waiting = bargain.proposed(bargain.client, TERMS)
    assert judging(bargain, "2026-08") == [0]
    decline_terms(bargain.provider, waiting, reason="Four hours are too few.", at=AT)
    assert judging(bargain, "2026-08") == [0]
    bargain.agreed(TERMS)
    bargain.proposed(bargain.provider, AMENDED)
    assert judging(bargain, "2026-08") == [2]


def test_what_is_no_month_has_no_terms(bargain: Bargain) -> None:
    bargain.agreed(TERMS)
    with pytest.raises(NoSuchPeriod):
        judging(bargain, "2026-13")
