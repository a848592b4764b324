"""The pages of certification, as the people of both sides use them, and what bad input gets."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.learning.taught import AT, PARTS, TODAY, Taught
from tests.learning.test_certifying import certified

from handfast.foundation.scope import entered
from handfast.governance.actions import write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.learning.actions import (
    amend_class,
    enrol,
    keep_attendance,
    open_class,
    plan_session,
)
from handfast.learning.models import Session, Topic
from handfast.learning.reading.result_rows import share_of
from handfast.learning.reading.said import ClassSaid, QuestionSaid, SessionSaid, checked_questions
from handfast.learning.refusals import QuestionsRefused

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
TEST, CASES = "Knowledge test", "Practical cases"


def told(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def every_page(taught: Taught) -> list[str]:
    return [
        taught.url("certification"), taught.url("topics"), taught.url("topic", taught.topic.pk),
        taught.url("class", taught.training_class.pk), taught.url("trainee", taught.trainee().pk),
    ]  # fmt: skip


def a_session(taught: Taught, **said: Any) -> Session:
    given = {
        "topic_id": taught.topic.pk,
        "starts_at": AT - timedelta(hours=2),
        "minutes": 60,
        "expert": "Expert",
    } | said
    return plan_session(taught.client, taught.training_class, said=SessionSaid(**given), at=AT)


def test_scores_are_read_by_the_side_whose_people_learn(taught: Taught) -> None:
    taught.records(("KR-01", TEST, TODAY, "0.62"))
    address = taught.url("trainee", taught.trainee().pk)
    assert "62 %" in told(taught.browser().get(address))
    client = told(taught.owner().get(address))
    assert "62 %" not in client
    assert "not passed on" in client
    said = ClassSaid("First class", TODAY, TODAY, shows_scores=True, topics=(taught.topic.pk,))
    amend_class(taught.trainer, taught.training_class, said=said, at=AT)
    assert "62 %" in told(taught.owner().get(address))


def test_the_api_hides_scores_alike(taught: Taught) -> None:
    taught.records(("KR-01", TEST, TODAY, "0.62"))
    address = f"/api/learning/people/{taught.trainee().pk}/tries"
    assert [one["score"] for one in taught.browser().get(address).json()] == ["0.6200"]
    assert [one["score"] for one in taught.owner().get(address).json()] == [None]


def test_a_class_of_others_is_nobodys_here(taught: Taught) -> None:
    stranger = taught.browser(taught.programme.cast.rival)
    for address in every_page(taught):
        assert stranger.get(address).status_code == 404


def test_the_matrix_shows_everybody_and_can_be_had_as_a_file(taught: Taught) -> None:
    certified(taught, "KR-01")
    page = told(taught.owner().get(taught.url("certification")))
    assert (
        "1 of 3 people hold every topic of their class; 1 critical topic has fewer certified people than agreed."
        in page
    )
    assert "Certified, until" in page
    sent = taught.owner().get(taught.url("certification_export", "csv"))
    rows = list(csv.DictReader(io.StringIO(b"".join(sent.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]  # it streams
    assert [one["Staff number"] for one in rows] == ["KR-01", "KR-02", "KR-03"]
    assert [one["TP-1 Refunds"] for one in rows[1:]] == ["not begun", "not begun"]
    assert date.fromisoformat(rows[0]["TP-1 Refunds"]) > TODAY


def test_one_class_is_shown_where_it_is_named(taught: Taught) -> None:
    said = ClassSaid("Second class", TODAY, TODAY, topics=(taught.topic.pk,))
    other = open_class(taught.trainer, taught.engagement, said=said, at=AT)
    enrol(taught.trainer, other, labels=["BG-77"], at=AT)
    address = taught.url("certification")
    assert "BG-77" in told(taught.owner().get(address))
    assert "BG-77" not in told(taught.owner().get(f"{address}?class={taught.training_class.pk}"))
    assert "BG-77" in told(taught.owner().get(f"{address}?class=nonsense"))


@pytest.mark.parametrize("place", range(5))
def test_a_page_asks_no_more_of_many_than_of_few(taught: Taught, place: int) -> None:
    browser = taught.browser()
    address = every_page(taught)[place]
    browser.get(address)
    counts = []
    for people in (0, 30):
        if people:
            enrol(taught.trainer, taught.training_class, labels=[f"MM-{one}" for one in range(people)], at=AT)
            taught.records(*[(f"MM-{one}", TEST, TODAY, "0.9") for one in range(people)])
            for one in range(3):
                a_session(taught, starts_at=AT - timedelta(days=one + 1))
        else:
            taught.records(("KR-01", TEST, TODAY, "0.5"))
            keep_attendance(taught.trainer, a_session(taught), there={taught.trainee().pk: ""}, at=AT)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_tasks_of_the_inventory_become_topics_once(taught: Taught) -> None:
    with entered(taught.trainer.reach):
        space = space_to_write_in(taught.trainer, taught.engagement, is_internal=False)
    for title, decision in (("Orders", "keep"), ("Old forms", "stop"), ("Returns", "")):
        said = EntrySaid(title, own={"decision": decision} if decision else {})
        write_entry(taught.trainer, space, register=REGISTERS["processes"], said=said, at=AT)
    browser = taught.browser()
    assert "Take 2 tasks of the process inventory" in told(browser.get(taught.url("topics")))
    assert browser.post(taught.url("topics_take")).status_code == 302
    with entered(taught.trainer.reach):
        made = list(Topic.objects.exclude(pk=taught.topic.pk))
    assert [one.title for one in made] == ["Orders", "Returns"]
    assert browser.post(taught.url("topics_take")).status_code == 422
    assert "Take" not in told(browser.get(taught.url("topics"))).split("<h1>")[1].split("</header>")[0]


def topic_form(taught: Taught, **more: str) -> dict[str, str]:
    parts: dict[str, str] = {"parts-TOTAL_FORMS": "3", "parts-INITIAL_FORMS": "2"}
    for place, name in enumerate((TEST, CASES)):
        part = taught.part(name)
        parts |= {
            f"parts-{place}-id": str(part.pk), f"parts-{place}-name": name, f"parts-{place}-kind": part.kind,
            f"parts-{place}-pass_mark": "75", f"parts-{place}-size": str(part.size), f"parts-{place}-minutes": str(part.minutes or ""),
            f"parts-{place}-retakes": "1", f"parts-{place}-wait_days": "0",
        }  # fmt: skip
    base = {
        "as_seen": taught.topic.seen_as,
        "title": "Refunds",
        "kind": "process",
        "minimum": "2",
        "validity_months": "12",
    }
    return base | parts | more


def test_a_topic_is_amended_with_its_parts(taught: Taught) -> None:
    more = {
        "parts-2-name": "System exercise",
        "parts-2-kind": "recorded",
        "parts-2-pass_mark": "90",
        "parts-1-name": "",
    }
    answer = taught.browser().post(taught.url("topic", taught.topic.pk), topic_form(taught, **more))
    assert answer.status_code == 302
    assert [one.part.name for one in taught.standing().parts] == [TEST, "System exercise"]
    stale = taught.browser().post(taught.url("topic", taught.topic.pk), topic_form(taught))
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("title", "", "This field is required."),
        ("parts-0-pass_mark", "0", "greater than or equal to 0.01"),
        ("parts-0-minutes", "", "for how many minutes the test runs"),
        ("parts-1-name", TEST, "a name of its own"),
        ("minimum", "-1", "greater than or equal to 0"),
    ],
)
def test_what_a_topic_cannot_say_is_named_and_changes_nothing(
    taught: Taught, field: str, value: str, fault: str
) -> None:
    answer = taught.browser().post(taught.url("topic", taught.topic.pk), topic_form(taught, **{field: value}))
    assert answer.status_code == 422
    assert fault in told(answer)
    assert len(taught.standing().parts) == len(PARTS)


def test_questions_are_pasted_and_come_back_as_they_are_taken_in(taught: Taught) -> None:
    rows = "Question\tA\tB\tC\tRight\tBecause\nWho approves?\tThe client\tNobody\t\tA\tSection 3\nWhich two?\tOne\tTwo\tThree\ta, C\t"
    address = taught.url("questions_add", taught.topic.pk)
    assert taught.browser().post(address, {"pasted": rows}).status_code == 302
    made = taught.questions()[-2:]
    assert [(one.text, one.choices, one.right) for one in made] == [
        ("Who approves?", ["The client", "Nobody"], [0]), ("Which two?", ["One", "Two", "Three"], [0, 2]),
    ]  # fmt: skip
    sent = taught.browser().get(taught.url("questions_export", taught.topic.pk, "csv"))
    back = b"".join(sent.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # it streams
    assert taught.browser().post(address, {"pasted": back}).status_code == 302
    assert [one.right for one in taught.questions()[-2:]] == [[0], [0, 2]]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("Question\tA\nWho?\tYes", "b, right lack"),
        ("Question\tA\tB\tRight\nWho?\tYes\tNo\tE", "row 2: “E” names no answer"),
        ("Question\tA\tB\tC\tRight\nWho?\tYes\t\tNo\tA", "row 2: answer B is empty"),
        ("Question\tA\tB\tRight\nWho?\tYes\tNo\tA\n\tYes\tNo\tA", "questions.2: write what is asked"),
        ("Question\tA\tB\tRight\nWho?\tYes\tYes\tA", "an answer stands twice"),
        ("Question\tA\tB\tRight\nWho?\tYes\tNo\tA, B", "one answer at least must be wrong"),
        ("no table", "no row below the first"),
        ("", "This field is required."),
    ],
)  # fmt: skip
def test_wrong_questions_are_named_by_their_row_and_none_is_kept(
    taught: Taught, rows: str, fault: str
) -> None:
    answer = taught.browser().post(taught.url("questions_add", taught.topic.pk), {"pasted": rows})
    assert answer.status_code == 422
    assert fault in told(answer).replace("&amp;", "&")
    assert len(taught.questions()) == 4


def test_too_many_questions_are_refused() -> None:
    with pytest.raises(QuestionsRefused, match="send 1 to 500"):
        checked_questions([QuestionSaid("Who?", ("A", "B"), (0,))] * 501)


def test_results_are_pasted_and_told_row_by_row(taught: Taught) -> None:
    address = taught.url("results", taught.training_class.pk)
    rows = "Employee ID\tCourse\tTest\tDate\tScore\nKR-01\tTP-1\tKnowledge test\t2026-04-14\t87 %\nKR-02\tRefunds\tknowledge test\t2026-04-14\t0.5"
    done = taught.browser().post(address, {"pasted": rows}, follow=True)
    assert "2 results taken in, 0 certified" in told(done)
    again = taught.browser().post(address, {"pasted": rows}, follow=True)
    assert "2 stood there already" in told(again)
    wrong = taught.browser().post(address, {"pasted": rows.replace("2026-04-14\t87", "14.4.\t87")})
    assert wrong.status_code == 422
    assert "row 2: “14.4.” is no day" in told(wrong)
    assert len(taught.results()) == 2


@pytest.mark.parametrize(("said", "share"), [("87 %", "0.87"), ("87", "0.87"), ("0.87", "0.87"), ("1", "1"), ("1 %", "0.01"), ("100", "1"), ("87,5", "0.875")])  # fmt: skip
def test_scores_are_read_as_learning_systems_write_them(said: str, share: str) -> None:
    assert str(share_of(said).normalize()) == share


@pytest.mark.parametrize("said", ["101", "-1", "A", "0.87.1", "1e9"])
def test_what_is_no_score_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="no score"):
        share_of(said)


def test_practical_cases_are_scored_on_their_page(taught: Taught) -> None:
    part = taught.part(CASES)
    address = taught.url("practical", taught.trainee().pk, part.pk)
    page = told(taught.browser().get(address))
    assert page.count("<select") == 10
    marks = {f"m-{case}-{place}": "2" for case in range(2) for place in range(5)}
    assert taught.browser().post(address, marks | {"taken_on": "2026-04-14"}).status_code == 302
    assert [one.is_passed for one in taught.results()] == [True]
    wrong = taught.browser().post(address, marks | {"taken_on": "2026-04-14", "m-0-0": "3"})
    assert wrong.status_code == 422
    later = taught.browser().post(address, marks | {"taken_on": "2098-04-14"})
    assert "a day that has come" in told(later)
    assert (
        taught.browser().get(taught.url("practical", taught.trainee().pk, taught.part(TEST).pk)).status_code
        == 404
    )
    assert taught.owner().get(address).status_code == 403
