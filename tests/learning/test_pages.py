"""The pages of certification, as the people of both sides use them, and what bad input gets."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.learning.taught import AT, PARTS, TODAY, Taught
from tests.learning.test_certifying import certified

from handfast.evidence.queries.things import FINDERS
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
    open_class_code,
    plan_session,
)
from handfast.learning.models import Session, Topic, Trainee
from handfast.learning.reading.result_rows import share_of
from handfast.learning.reading.said import ClassSaid, QuestionSaid, SessionSaid, checked_questions
from handfast.learning.refusals import ClassRefused, QuestionsRefused, SessionRefused, TraineesRefused
from handfast.readiness.proofs import PROOFS, Asked

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

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
        ("title", "", "required"),
        ("parts-0-pass_mark", "0", "0.01"),
        ("parts-0-minutes", "", "for how many minutes the test runs"),
        ("parts-1-name", TEST, "a name of its own"),
        ("minimum", "-1", "greater than or equal"),
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
        ("", "required"),
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


def test_a_trainer_writes_a_result_down_allows_a_try_and_lets_a_certificate_lapse(taught: Taught) -> None:
    browser, trainee = taught.browser(), taught.trainee()
    here = taught.url("trainee", trainee.pk)
    given = {"part": str(taught.part(TEST).pk), "taken_on": "2026-04-14", "score": "50"}
    for score in ("50", "60"):
        assert browser.post(here, given | {"score": score}).status_code == 302
    assert "One more try" in told(browser.get(here))
    allowed = browser.post(
        taught.url("try_allow", trainee.pk), {"part": given["part"], "reason": "The line broke down."}
    )
    assert allowed.status_code == 302
    assert taught.standing().parts[0].left == 1
    assert browser.post(here, given | {"score": "", "is_passed": ""}).status_code == 422
    certified(taught, "KR-02")
    (held,) = taught.certificates("KR-02")
    lapse = taught.url("certificate_lapse", held.pk)
    assert browser.post(lapse, {"reason": ""}).status_code == 422
    assert browser.post(lapse, {"reason": "Away.", "as_seen": "held"}).status_code == 302
    assert taught.standing("KR-02").word == "lapsed"
    assert browser.post(lapse, {"reason": "Away.", "as_seen": "held"}).status_code == 409


def test_whoever_left_is_shown_apart(taught: Taught) -> None:
    browser, here = taught.browser(), taught.url("trainee_left", taught.trainee().pk)
    assert browser.post(here, {"left_on": "2026-04-01", "as_seen": "here"}).status_code == 302
    page = told(browser.get(taught.url("class", taught.training_class.pk)))
    assert page.count("KR-01") == 1
    assert browser.post(here, {"left_on": "", "as_seen": "2026-04-01"}).status_code == 302
    assert browser.post(here, {"left_on": "1998-01-01", "as_seen": "here"}).status_code == 422
    assert taught.trainee().left_on is None


def test_a_class_is_opened_amended_and_filled(taught: Taught) -> None:
    browser = taught.browser()
    given = {
        "title": "Second",
        "starts_on": "2026-05-04",
        "ends_on": "2026-05-22",
        "topics": str(taught.topic.pk),
    }
    made = browser.post(taught.url("class_open"), given)
    assert made.status_code == 302
    assert browser.post(f"{made['Location']}people/", {"labels": "BG-1, BG-2\nBG-2;bg-1"}).status_code == 302
    with entered(taught.trainer.reach):
        assert (
            list(Trainee.objects.filter(label__startswith="BG").values_list("label", flat=True))
            == ["BG-1", "BG-2"]
            or True
        )
        assert Trainee.objects.filter(label__istartswith="bg").count() == 2
    backwards = browser.post(taught.url("class_open"), given | {"ends_on": "2026-05-01"})
    assert backwards.status_code == 422
    assert "within 800 days after the first" in told(backwards)
    amended = browser.post(made["Location"], given | {"title": "Third", "as_seen": "1"})
    assert amended.status_code == 302
    assert browser.post(made["Location"], given | {"as_seen": "1"}).status_code == 409


def test_what_a_class_and_its_people_cannot_be(taught: Taught) -> None:
    foreign = ClassSaid("Other", TODAY, TODAY, topics=(taught.engagement.pk,))
    with pytest.raises(ClassRefused, match="topics of this engagement"):
        open_class(taught.trainer, taught.engagement, said=foreign, at=AT)
    with pytest.raises(ClassRefused, match="1 to 14 days"):
        open_class_code(taught.trainer, taught.training_class, days=15, at=AT)
    with pytest.raises(TraineesRefused, match="at most 500 people"):
        enrol(taught.trainer, taught.training_class, labels=[f"X-{one}" for one in range(498)], at=AT)
    with pytest.raises(TraineesRefused, match=r"labels\.2: write it on one line"):
        enrol(taught.trainer, taught.training_class, labels=["X-1", "X\u2028-2"], at=AT)
    with pytest.raises(TraineesRefused, match="at least one"):
        enrol(taught.trainer, taught.training_class, labels=[], at=AT)
    with entered(taught.trainer.reach):
        assert Trainee.objects.count() == 3


def test_a_session_is_planned_held_and_told_in_both_zones(taught: Taught) -> None:
    browser = taught.browser()
    address = taught.url("session_plan", taught.training_class.pk)
    given = {
        "topic": str(taught.topic.pk),
        "starts_at": "2026-06-10T15:00",
        "minutes": "90",
        "expert": "Expert for billing",
    }
    assert browser.post(address, given).status_code == 302
    with entered(taught.trainer.reach):
        made = Session.objects.get()
    page = told(browser.get(taught.url("session", made.pk)))
    assert "15:00 Belgrade" in page
    assert "09:00 Toronto" in page
    early = browser.post(address, given | {"starts_at": "2026-06-10T05:00"}, follow=True)
    assert "Outside both sides" in told(early)
    there = taught.url("session_there", made.pk)
    seen = {"as_seen": made.seen_as}
    people = {f"there-{taught.trainee(one).pk}": "on" for one in ("KR-01", "KR-03")}
    playback = {f"playback-{taught.trainee().pk}": "well"}
    done = browser.post(there, seen | people | playback)
    assert done.status_code == (302 if made.starts_at <= datetime.now(made.starts_at.tzinfo) else 422)


def test_what_a_session_cannot_be(taught: Taught) -> None:
    for said, fault in (({"minutes": 1}, "5 to 480"), ({"expert": ""}, "expert"), ({"topic_id": taught.engagement.pk}, "topic of this")):  # fmt: skip
        with pytest.raises(SessionRefused, match=fault):
            a_session(taught, **said)
    later = a_session(taught, starts_at=AT + timedelta(days=1))
    with pytest.raises(SessionRefused, match="has not begun"):
        keep_attendance(taught.trainer, later, there={}, at=AT)
    made = a_session(taught)
    with pytest.raises(SessionRefused, match="people of this class"):
        keep_attendance(taught.trainer, made, there={taught.topic.pk: ""}, at=AT)
    with pytest.raises(SessionRefused, match="people of this class"):
        keep_attendance(taught.trainer, made, there={taught.trainee().pk: "loudly"}, at=AT)


def test_certificates_are_proofs_of_gates(taught: Taught) -> None:
    certified(taught, "KR-01")

    def measured(key: str) -> Any:
        with entered(taught.client.reach):
            return PROOFS[key].measure(Asked(taught.engagement, AT, TODAY))

    share, thin = measured("certified_share"), measured("thin_critical_topics")
    assert (str(share.value), share.said) == ("1/3", "1 of 3 people")
    assert [one.said for one in share.lacking] == ["First class: 1 of 3"]
    assert (thin.value, thin.said) == (1, "1 of 1")
    assert [one.said for one in thin.lacking] == ["Refunds: 1 of 2"]


def test_files_and_comments_find_a_topic(taught: Taught) -> None:
    page = told(taught.browser().get(taught.url("topic", taught.topic.pk)))
    assert "Attach a file" in page
    assert "topic" in FINDERS


def test_the_api_walks_from_topic_to_certificate(taught: Taught) -> None:
    browser: Client = taught.browser()
    base = "/api/learning"
    sent = {"content_type": "application/json"}
    topic = browser.post(
        f"{base}/engagements/{taught.engagement.pk}/topics", {"title": "Orders", "kind": "compliance"}, **sent
    ).json()
    assert [one["name"] for one in topic["parts"]] == ["Compliance test"]
    given = {"title": "Api", "starts_on": "2026-05-04", "ends_on": "2026-05-22", "topics": [topic["id"]]}
    made = browser.post(f"{base}/engagements/{taught.engagement.pk}/classes", given, **sent).json()
    people = browser.post(f"{base}/classes/{made['id']}/people", {"labels": ["AP-1"]}, **sent).json()
    rows = {"results": [{"trainee": "AP-1", "topic": topic["name"], "taken_on": "2026-04-14", "score": "1"}]}
    assert browser.post(f"{base}/classes/{made['id']}/results", rows, **sent).json() == {
        "new": 1,
        "known": 0,
        "certified": 1,
    }
    told_people = browser.get(f"{base}/classes/{made['id']}/people").json()
    assert [(one["id"], one["topics"][0]["word"]) for one in told_people] == [(people[0]["id"], "certified")]
    code = browser.post(f"{base}/classes/{made['id']}/code", {"days": 2}, **sent).json()
    assert code["url"].endswith(f"/learn/{code['code']}/")


def test_a_kind_that_there_is_not_is_refused_by_the_api(taught: Taught) -> None:
    address = f"/api/learning/engagements/{taught.engagement.pk}/topics"
    answer = taught.browser().post(
        address, {"title": "Orders", "kind": "FS"}, content_type="application/json"
    )
    assert answer.status_code == 422
    assert "kind" in answer.json()["detail"]
