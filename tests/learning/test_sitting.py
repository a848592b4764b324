"""A test in the page: by the code of the class, on any phone, handed in once; its clock, its tries, its questions."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.racing import WON, at_once
from tests.learning.taught import AT, TODAY, Taught, a_taught

from handfast.foundation.models import Contents, Outgoing
from handfast.foundation.outbox import Task
from handfast.foundation.scope import entered
from handfast.learning.actions import (
    begin_sitting,
    close_class_code,
    close_sitting,
    drop_question,
    hand_in_sitting,
    note_leaving,
)
from handfast.learning.models import LearningKey, Result, Sitting
from handfast.learning.queries.keys import (
    TABLES,
    class_code,
    code_digest,
    holder_of,
    key_in_force,
)
from handfast.learning.reading.scoring import drawn
from handfast.learning.refusals import TryRefused
from handfast.learning.tasks import sitting_over

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db
WRONG: dict[str, list[int]] = {}


def holder(taught: Taught) -> Actor:
    taught.code()
    return holder_of(LearningKey.objects.filter(opens="class").latest("made_at"))


def begun(taught: Taught, label: str = "KR-01", at: datetime = AT) -> Sitting:
    return begin_sitting(holder(taught), taught.trainee(label), part=taught.part(), at=at)


def right(taught: Taught) -> dict[str, list[int]]:
    return {str(one.pk): one.right for one in taught.questions()}


def test_three_of_four_right_reach_the_mark_and_only_the_first_handing_in_counts(taught: Taught) -> None:
    sitting, actor = begun(taught), holder(taught)
    answers = right(taught)
    first = next(iter(answers))
    hand_in_sitting(actor, sitting, answers=answers | {first: [0]}, at=AT)
    hand_in_sitting(actor, sitting, answers=answers, at=AT)
    (result,) = taught.results()
    assert (result.points, result.of_points, result.is_passed, result.source) == (3, 4, True, "test")
    assert result.recorded_by_id is None


def test_a_test_that_runs_is_not_begun_twice_and_a_passed_one_not_again(taught: Taught) -> None:
    sitting = begun(taught)
    with pytest.raises(TryRefused, match="runs already, until"):
        begun(taught)
    hand_in_sitting(holder(taught), sitting, answers=right(taught), at=AT)
    with pytest.raises(TryRefused, match="you have passed it"):
        begun(taught)


def test_a_retake_waits_for_its_day_and_tries_run_out(taught: Taught) -> None:
    hand_in_sitting(holder(taught), begun(taught), answers=WRONG, at=AT)
    with pytest.raises(TryRefused, match="the next try is on"):
        begun(taught)
    later = AT + timedelta(days=7)
    hand_in_sitting(holder(taught), begun(taught, at=later), answers=WRONG, at=later)
    with pytest.raises(TryRefused, match="no try is left"):
        begun(taught, at=later + timedelta(days=7))


def test_whoever_left_and_whoever_is_certified_takes_no_test(taught: Taught) -> None:
    note_leaving(taught.trainer, taught.trainee("KR-03"), left_on=TODAY, at=AT)
    with pytest.raises(TryRefused, match="not of this class any more"):
        begun(taught, "KR-03")
    taught.records(("KR-02", "Knowledge test", TODAY, "1"), ("KR-02", "Practical cases", TODAY, "1"))
    with pytest.raises(TryRefused, match="you are certified until"):
        begun(taught, "KR-02")


def test_a_bank_that_is_too_small_begins_no_test(taught: Taught) -> None:
    drop_question(taught.trainer, taught.questions()[0], at=AT)
    with pytest.raises(TryRefused, match="the bank has 3 of the 4 questions"):
        begun(taught)


def test_practical_cases_are_no_test(taught: Taught) -> None:
    with pytest.raises(TryRefused, match="no test of your class"):
        begin_sitting(holder(taught), taught.trainee(), part=taught.part("Practical cases"), at=AT)


def test_after_its_time_nothing_counts_and_the_try_is_used(taught: Taught) -> None:
    sitting = begun(taught)
    late = sitting.ends_at + timedelta(seconds=61)
    hand_in_sitting(holder(taught), sitting, answers=right(taught), at=late)
    (result,) = taught.results()
    assert (result.points, result.is_passed) == (0, False)


def test_in_the_last_minute_after_its_time_a_page_that_was_on_its_way_counts(taught: Taught) -> None:
    sitting = begun(taught)
    hand_in_sitting(
        holder(taught), sitting, answers=right(taught), at=sitting.ends_at + timedelta(seconds=59)
    )
    assert [one.is_passed for one in taught.results()] == [True]


def test_the_worker_closes_what_nobody_hands_in(taught: Taught) -> None:
    sitting = begun(taught)
    row = Outgoing.objects.get(kind="learning.sitting_over")
    assert row.due_at == sitting.ends_at + timedelta(seconds=60)
    for at, count in ((sitting.ends_at, 0), (row.due_at, 1), (row.due_at, 1)):
        task = Task(row, lambda at=at: at)
        with entered(task.actor.reach):
            sitting_over(task)
        assert len(taught.results()) == count
    assert [one.is_passed for one in taught.results()] == [False]


def test_what_was_handed_in_is_not_closed_again(taught: Taught) -> None:
    sitting, actor = begun(taught), holder(taught)
    done = hand_in_sitting(actor, sitting, answers=right(taught), at=AT)
    again = close_sitting(actor, sitting, at=sitting.ends_at + timedelta(hours=1))
    assert again.closed_at == done.closed_at
    assert len(taught.results()) == 1


def test_places_that_there_are_not_are_no_answer(taught: Taught) -> None:
    sitting = begun(taught)
    done = hand_in_sitting(
        holder(taught), sitting, answers={str(one.pk): [1, 7, -1, 1] for one in taught.questions()}, at=AT
    )
    assert set(map(tuple, done.answers.values())) == {(1,)}


def test_questions_are_drawn_each_once_and_evenly() -> None:
    """Of ten, four each time: over 2,000 sittings each is drawn about 800 times, and never twice in one."""
    bank = [uuid4() for _ in range(10)]
    every = [drawn(bank, uuid4(), 4) for _ in range(2_000)]
    assert all(len(set(one)) == 4 for one in every)
    counted = Counter(each for one in every for each in one)
    assert all(650 < counted[one] < 950 for one in bank)
    sitting = uuid4()
    assert drawn(bank, sitting, 4) == drawn(list(reversed(bank)), sitting, 4)


def test_a_code_is_found_however_it_is_typed_and_ends(taught: Taught) -> None:
    code = taught.code(days=1)
    for said in (code, code.upper(), f" {code.replace('-', '')} "):
        assert key_in_force(said, "class", AT) is not None
    assert key_in_force(code, "sitting", AT) is None
    assert key_in_force(code, "class", AT + timedelta(days=1)) is None
    newer = taught.code()
    assert key_in_force(code, "class", AT) is None
    close_class_code(taught.trainer, taught.training_class, at=AT)
    assert key_in_force(newer, "class", AT) is None


def test_the_code_is_kept_nowhere(taught: Taught) -> None:
    code = taught.code()
    (key,) = LearningKey.objects.all()
    assert class_code(key.pk) == code
    assert code.replace("-", "") not in str(LearningKey.objects.values().get())
    assert key.digest == code_digest(code)


def test_whoever_holds_a_code_reaches_one_space_and_the_tables_of_tests(taught: Taught) -> None:
    actor = holder(taught)
    assert actor.reach.reads == actor.reach.writes == frozenset({taught.engagement.space_id})
    assert actor.reach.tables == TABLES
    assert not any(one.startswith(("evidence.", "governance.", "contract.", "people.")) for one in TABLES)


def test_the_journal_tells_of_a_test_and_not_of_its_score(taught: Taught) -> None:
    hand_in_sitting(holder(taught), begun(taught), answers=right(taught), at=AT)
    with entered(taught.client.reach):
        rows = Contents.objects.filter(action__startswith="sitting.").order_by("entry__sequence")
        told = [(one.action, json.loads(one.payload)) for one in rows]
    assert [action for action, _ in told] == ["sitting.begun", "sitting.handed_in"]
    assert all(one["person"] is None for _, one in told)
    assert "points" not in str(told)


def a_browser_at(taught: Taught) -> tuple[Client, str]:
    """A phone of nobody, with the code of the class as it stands now."""
    return Client(), reverse("learning:tests", args=[taught.code(at=datetime.now(UTC))])


def test_somebody_without_an_account_takes_their_test_on_a_phone(taught: Taught) -> None:
    phone, address = a_browser_at(taught)
    code = address.rstrip("/").rpartition("/")[2]
    asked = phone.post(reverse("learning:enter"), {"code": code.upper()})
    assert (asked.status_code, asked["Location"]) == (302, address)
    page = phone.post(address, {"number": " kr-01 "})
    part = re.search(r'name="part" value="([0-9a-f-]+)"', page.content.decode())
    assert part is not None
    began = phone.post(address, {"number": "KR-01", "part": part[1]})
    assert began.status_code == 302
    test = phone.get(began["Location"])
    body = test.content.decode()
    assert body.count("<fieldset") == 4
    assert body.count('type="checkbox"') == 3
    assert "Page 1" not in body
    again = phone.post(address, {"number": "KR-01"}).content.decode()
    assert "Go on" in again
    assert "Go on" not in Client().post(address, {"number": "KR-01"}).content.decode()
    sent = {f"q-{key}": [str(one) for one in places] for key, places in right(taught).items()}
    done = phone.post(began["Location"], sent, follow=True).content.decode()
    assert "Passed" in done
    assert "4 of 4" in " ".join(re.sub(r"<[^>]+>", "", done).split())
    phone.post(began["Location"], {})
    assert [one.points for one in taught.results()] == [4]


def test_what_was_wrong_is_hinted_at_and_the_right_answers_are_not_told(taught: Taught) -> None:
    phone, address = a_browser_at(taught)
    began = phone.post(address, {"number": "KR-02", "part": str(taught.part().pk)})
    done = phone.post(began["Location"], {}, follow=True).content.decode()
    assert "Not passed" in done
    assert all(f"Page {number}" in done for number in range(1, 5))
    assert "Ask" not in re.sub(r"<[^>]+>", "", done).split()


@pytest.mark.parametrize("number", ["KR-99", "", "KR-01' OR 1=1", "Ђорђе", "x" * 61])
def test_a_number_of_nobody_is_told_so(taught: Taught, number: str) -> None:
    phone, address = a_browser_at(taught)
    answer = phone.post(address, {"number": number})
    assert answer.status_code == 422
    assert LearningKey.objects.filter(opens="sitting").count() == 0


def test_what_is_no_code_shows_the_same_page_to_everybody(taught: Taught) -> None:
    phone = Client()
    for name, word in (("tests", "aaaaa-bbbbb"), ("test", "abc"), ("tests", "Ђорђе")):
        answer = phone.get(reverse(f"learning:{name}", args=[word]))
        assert answer.status_code == 404
        assert "Nothing is open at this address" in answer.content.decode()
    wrong = phone.post(reverse("learning:enter"), {"code": "nothing"})
    assert wrong.status_code == 422
    assert phone.put(reverse("learning:enter")).status_code == 405
    assert taught.results() == []


def test_a_part_of_another_deal_begins_nothing(taught: Taught) -> None:
    phone, address = a_browser_at(taught)
    answer = phone.post(address, {"number": "KR-01", "part": str(uuid4())})
    assert answer.status_code == 422
    assert "This is no test of your class" in answer.content.decode()


def test_the_pages_of_tests_are_found_by_no_search_and_kept_nowhere(taught: Taught) -> None:
    phone, address = a_browser_at(taught)
    answer = phone.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.django_db(transaction=True)
def test_of_two_that_hand_in_in_the_same_second_one_counts() -> None:
    taught = a_taught()
    sitting, actor = begun(taught), holder(taught)
    answers = right(taught)
    done = at_once(
        lambda: hand_in_sitting(actor, sitting, answers=answers, at=AT),
        lambda: hand_in_sitting(actor, sitting, answers=WRONG, at=AT),
    )
    assert done == [WON, WON]
    with entered(taught.trainer.reach):
        assert Result.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_that_begin_in_the_same_second_one_wins() -> None:
    taught = a_taught()
    actor, trainee, part = holder(taught), taught.trainee(), taught.part()
    done = at_once(*[lambda: begin_sitting(actor, trainee, part=part, at=AT)] * 2)
    assert sorted(done) == ["try-refused", WON]
    with entered(taught.trainer.reach):
        assert Sitting.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_files_that_come_at_once_each_row_is_written_once() -> None:
    taught = a_taught()
    row = ("KR-01", "Knowledge test", TODAY, "0.9")
    at_once(lambda: taught.records(row), lambda: taught.records(row))
    assert len(taught.results()) == 1
