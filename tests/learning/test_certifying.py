"""Results, certificates, retakes, lapses: how far somebody is, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from tests.learning.taught import AT, TODAY, Taught

from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.learning.actions import (
    allow_try,
    amend_topic,
    lapse_certificate,
    note_leaving,
    record_results,
    score_practical,
    take_topics,
)
from handfast.learning.actions.keeping import lasts_until
from handfast.learning.models import TopicPart
from handfast.learning.queries.waiting import try_again_on
from handfast.learning.reading.result_rows import ResultSaid
from handfast.learning.reading.said import PartSaid, TopicSaid
from handfast.learning.reading.scoring import points_of_test, practical_points
from handfast.learning.reading.usual import rubric, usual_minimum, usual_parts, usual_validity
from handfast.learning.refusals import CertificateLapsed, ResultsRefused, TopicRefused

pytestmark = pytest.mark.django_db
TEST, CASES = "Knowledge test", "Practical cases"
EARLIER = TODAY - timedelta(days=30)


def certified(taught: Taught, label: str = "KR-01", on: date = EARLIER) -> None:
    taught.records((label, TEST, on, "0.9"), (label, CASES, on, "0.8"))


def test_nobody_holds_what_one_part_is_lacking_of(taught: Taught) -> None:
    assert taught.standing().word == "not-begun"
    kept = taught.records(("KR-01", TEST, TODAY, "0.75"))
    assert (kept.new, kept.certified) == (1, 0)
    assert taught.standing().word == "begun"
    assert [one.is_passed for one in taught.standing().parts] == [True, False]


def test_the_last_part_makes_the_certificate_and_its_last_day(taught: Taught) -> None:
    taught.records(("KR-01", TEST, date(2026, 1, 31), "0.75"))
    kept = taught.records(("KR-01", CASES, date(2026, 2, 28), "0.8"))
    (made,) = taught.certificates()
    assert kept.certified == 1
    assert (made.certified_on, made.valid_until) == (date(2026, 2, 28), date(2027, 2, 27))
    assert taught.standing(today=date(2026, 4, 1)).word == "certified"
    assert taught.standing(today=date(2027, 1, 28)).word == "ending"
    assert taught.standing(today=date(2027, 2, 27)).word == "ending"
    assert taught.standing(today=date(2027, 2, 28)).word == "ended"


def test_a_score_below_the_mark_by_the_last_digit_is_not_passed(taught: Taught) -> None:
    taught.records(("KR-01", TEST, TODAY, "0.7499"))
    assert taught.standing().parts[0].is_passed is False


def test_results_of_one_file_count_in_the_order_of_their_days(taught: Taught) -> None:
    """An old certificate and its renewal come in one file, the later rows first."""
    kept = taught.records(
        ("KR-01", CASES, date(2025, 3, 2), "1"), ("KR-01", TEST, date(2025, 3, 1), "1"),
        ("KR-01", CASES, date(2024, 3, 2), "1"), ("KR-01", TEST, date(2024, 3, 1), "1"),
    )  # fmt: skip
    assert kept.certified == 2
    assert [one.certified_on for one in taught.certificates()] == [date(2024, 3, 2), date(2025, 3, 2)]


def test_a_row_that_stands_there_already_is_not_written_twice(taught: Taught) -> None:
    row = ("KR-01", TEST, TODAY, "0.5")
    taught.records(row)
    kept = taught.records(row, row, ("KR-02", TEST, TODAY, "0.5"))
    assert (kept.new, kept.known) == (1, 2)
    assert len(taught.results()) == 2


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ResultSaid("KR-99", "TP-1", TODAY, TEST, Decimal(1)), "nobody of this class"),
        (ResultSaid("KR-01", "TP-7", TODAY, TEST, Decimal(1)), "no topic"),
        (ResultSaid("KR-01", "Refunds", TODAY, "", Decimal(1)), "Knowledge test, Practical cases"),
        (ResultSaid("KR-01", "TP-1", TODAY + timedelta(days=1), TEST, Decimal(1)), "still to come"),
        (ResultSaid("KR-01", "TP-1", TODAY, TEST), "say the score"),
        (ResultSaid("KR-01", "TP-1", TODAY, TEST, Decimal("1.1")), "from 0 to 1"),
        (ResultSaid("KR-01", "TP-1", TODAY, TEST, Decimal("0.5"), is_passed=True), "it says passed"),
    ],
)  # fmt: skip
def test_a_wrong_row_names_itself_and_nothing_is_taken_in(
    taught: Taught, row: ResultSaid, fault: str
) -> None:
    good = ResultSaid("KR-02", "refunds", TODAY, TEST, Decimal(1))
    with pytest.raises(ResultsRefused) as refused:
        record_results(taught.trainer, taught.training_class, results=[good, row], at=AT)
    assert [name for name, _ in refused.value.fields] == ["results.2"]
    assert fault in str(refused.value)
    assert taught.results() == []


def test_no_rows_and_too_many_are_refused(taught: Taught) -> None:
    for rows in ([], [ResultSaid("KR-01", "TP-1", TODAY, TEST, Decimal(1))] * 5_001):
        with pytest.raises(ResultsRefused, match="send 1 to 5,000"):
            record_results(taught.trainer, taught.training_class, results=rows, at=AT)


def test_tries_run_out_and_one_more_is_allowed_with_its_reason(taught: Taught) -> None:
    taught.records(("KR-01", TEST, EARLIER, "0.5"), ("KR-01", TEST, TODAY, "0.5"))
    assert taught.standing().word == "out"
    with pytest.raises(ResultsRefused, match="say why"):
        allow_try(taught.trainer, taught.trainee(), part=taught.part(), reason=" ", at=AT)
    allow_try(taught.trainer, taught.trainee(), part=taught.part(), reason="The line broke down.", at=AT)
    now = taught.standing().parts[0]
    assert (now.used, now.left) == (2, 1)
    assert taught.standing().word == "begun"


def test_after_a_lapse_the_practical_cases_alone_are_shown_again(taught: Taught) -> None:
    certified(taught)
    (held,) = taught.certificates()
    lapse_certificate(taught.trainer, held, reason="Sixty days away.", at=AT)
    now = taught.standing()
    assert now.word == "lapsed"
    assert [one.part.name for one in now.parts] == [CASES]
    with pytest.raises(CertificateLapsed):
        lapse_certificate(taught.trainer, held, reason="Again.", at=AT)
    taught.records(("KR-01", CASES, TODAY, "0.9"))
    assert taught.standing().word == "certified"
    assert len(taught.certificates()) == 2


def test_after_its_last_day_everything_is_shown_again(taught: Taught) -> None:
    certified(taught, on=date(2025, 1, 10))
    now = taught.standing()
    assert now.word == "ended"
    assert [(one.part.name, one.used, one.is_passed) for one in now.parts] == [
        (TEST, 0, False),
        (CASES, 0, False),
    ]


def test_what_was_earned_is_not_earned_anew_when_a_part_is_added(taught: Taught) -> None:
    certified(taught)
    parts = (*(PartSaid(one.name, one.kind, one.pass_mark, one.size, one.minutes, one.retakes, one.wait_days, one.pk) for one in (taught.part(), taught.part(CASES))), PartSaid("System exercise", "recorded"))  # fmt: skip
    amend_topic(taught.client, taught.topic, said=TopicSaid("Refunds", is_critical=True, parts=parts), at=AT)
    assert taught.standing().word == "certified"
    assert len(taught.standing("KR-02").parts) == 3


def test_a_part_that_is_left_out_is_asked_no_more_and_keeps_its_results(taught: Taught) -> None:
    taught.records(("KR-01", TEST, TODAY, "0.9"))
    kept = taught.part(CASES)
    part = PartSaid(kept.name, kept.kind, kept.pass_mark, kept.size, id=kept.pk)
    amend_topic(taught.trainer, taught.topic, said=TopicSaid("Refunds", parts=(part,)), at=AT)
    assert [one.part.name for one in taught.standing().parts] == [CASES]
    assert len(taught.results()) == 1
    stranger = PartSaid("Other", "recorded", id=taught.topic.pk)
    with pytest.raises(TopicRefused, match="no part of TP-1"):
        amend_topic(taught.trainer, taught.topic, said=TopicSaid("Refunds", parts=(stranger,)), at=AT)


def test_practical_cases_are_weighed_by_the_rubric(taught: Taught) -> None:
    """First case: right outcome half, all else full: 0.825; second: all full, but rules broken: nothing."""
    first, second = [1, 2, 2, 2, 2], [2, 0, 2, 2, 2]
    part = taught.part(CASES)
    score_practical(taught.trainer, taught.trainee(), part=part, marks=[first, second], taken_on=TODAY, at=AT)
    (result,) = taught.results()
    assert result.score == Fraction(825, 2000)
    assert result.is_passed is False
    for marks, fault in (([first], "mark 2 cases by 5"), ([first, [1, 2, 3, 0, 0]], "0, 1 or 2 halves")):
        with pytest.raises(ResultsRefused, match=fault):
            score_practical(taught.trainer, taught.trainee(), part=part, marks=marks, taken_on=TODAY, at=AT)
    with pytest.raises(ResultsRefused, match="choose practical cases"):
        score_practical(
            taught.trainer, taught.trainee(), part=taught.part(), marks=[first] * 4, taken_on=TODAY, at=AT
        )


def test_every_case_is_worth_what_its_weights_say() -> None:
    """Against a sum in decimals, over all marks of one case."""
    weights = [Decimal("0.35"), Decimal("0.25"), Decimal("0.15"), Decimal("0.15"), Decimal("0.1")]
    for marks in product((0, 1, 2), repeat=5):
        expected = (
            Decimal(0)
            if 0 in marks[:2]
            else sum((w * m / 2 for w, m in zip(weights, marks, strict=True)), Decimal(0))
        )
        points = practical_points([marks], rubric())
        assert Fraction(points.points, points.of_points) == Fraction(expected)


def test_with_several_right_answers_all_and_none_else_count() -> None:
    right = {"a": [0, 2], "b": [1]}
    cases = [
        ({"a": [2, 0], "b": [1]}, 2),
        ({"a": [0], "b": [1]}, 1),
        ({"a": [0, 1, 2], "b": [0]}, 0),
        ({}, 0),
    ]
    assert [points_of_test(right, one).points for one, _ in cases] == [points for _, points in cases]


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2025, 8, 31), 6, date(2026, 2, 27)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
        (date(2026, 11, 15), 2, date(2027, 1, 14)),
        (date(2026, 1, 1), 0, None),
    ],
)
def test_months_are_those_of_the_calendar(on: date, months: int, until: date | None) -> None:
    assert lasts_until(on, months) == until


def test_the_next_try_waits_for_the_sides_own_working_days(taught: Taught) -> None:
    """On Friday the next day of work is Monday; before a holiday of the provider the day after it."""
    with entered(taught.trainer.reach):
        trainee = taught.trainee()
        assert try_again_on(trainee, date(2026, 6, 12), 1) == date(2026, 6, 15)
        assert try_again_on(trainee, date(2026, 6, 12), 0) == date(2026, 6, 12)
        assert try_again_on(trainee, date(2026, 6, 9), 2) == date(2026, 6, 11)


def test_the_other_side_writes_nothing_down_of_ones_people(taught: Taught) -> None:
    row = ResultSaid("KR-01", "TP-1", TODAY, TEST, Decimal(1))
    with pytest.raises(NotPermitted):
        record_results(taught.client, taught.training_class, results=[row], at=AT)
    with pytest.raises(NotPermitted):
        note_leaving(taught.client, taught.trainee(), left_on=TODAY, at=AT)
    assert taught.results() == []


def test_a_stale_form_changes_nothing(taught: Taught) -> None:
    amend_topic(taught.trainer, taught.topic, said=TopicSaid("Refunds", parts=()), at=AT, as_seen="1")
    with pytest.raises(Conflict):
        amend_topic(taught.trainer, taught.topic, said=TopicSaid("Orders", parts=()), at=AT, as_seen="1")


def test_without_tasks_there_is_nothing_to_take(taught: Taught) -> None:
    with pytest.raises(TopicRefused, match="no task"):
        take_topics(taught.trainer, taught.engagement, at=AT)


def test_the_usual_parts_are_those_of_the_content() -> None:
    process = usual_parts("process")
    assert [
        (one.name, one.kind, one.pass_mark, one.size, one.minutes, one.retakes, one.wait_days)
        for one in process
    ] == [
        ("Knowledge test", "test", Decimal("0.85"), 30, 45, 2, 1),
        ("System exercise", "recorded", Decimal("0.9"), 10, None, 1, 1),
        ("Practical cases", "practical", Decimal("0.8"), 10, None, 1, 2),
    ]
    assert [one.minutes for one in usual_parts("compliance")] == [30]
    assert [(one.kind, one.pass_mark) for one in usual_parts("language")] == [("recorded", Decimal(1))]
    assert [usual_validity(one) for one in ("process", "compliance", "product", "language")] == [12, 12, 0, 0]
    assert usual_minimum() == 2
    assert sum(weight for _, weight, _ in rubric()) == 100
    assert {one.kind for one in process} <= set(TopicPart.Kind.values)
