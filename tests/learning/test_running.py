"""Classes, people, sessions and proofs of certification by the pages of both sides and by the API."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests.learning.taught import AT, TODAY, Taught
from tests.learning.test_certifying import certified
from tests.learning.test_pages import a_session, told

from handfast.evidence.queries.things import FINDERS
from handfast.foundation.scope import entered
from handfast.governance.actions import write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.learning.actions import (
    enrol,
    keep_attendance,
    open_class,
    open_class_code,
)
from handfast.learning.models import Attendance, Session, Trainee
from handfast.learning.reading.said import ClassSaid
from handfast.learning.refusals import ClassRefused, SessionRefused, TraineesRefused
from handfast.readiness.proofs import PROOFS, Asked

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
TEST = "Knowledge test"


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
        "starts_at": "2026-02-11T15:00",
        "minutes": "90",
        "expert": "Expert for billing",
    }
    assert browser.post(address, given).status_code == 302
    with entered(taught.trainer.reach):
        made = Session.objects.get()
    page = told(browser.get(taught.url("session", made.pk)))
    assert "15:00 Belgrade" in page
    assert "09:00 Toronto" in page
    early = browser.post(address, given | {"starts_at": "2026-02-12T05:00"}, follow=True)
    assert "Outside both sides" in told(early)
    there = taught.url("session_there", made.pk)
    seen = {"as_seen": made.seen_as}
    people = {f"there-{taught.trainee(one).pk}": "on" for one in ("KR-01", "KR-03")}
    playback = {f"playback-{taught.trainee().pk}": "well"}
    done = browser.post(there, seen | people | playback)
    assert done.status_code == 302
    with entered(taught.trainer.reach):
        there_now = {one.trainee.label: one.playback for one in Attendance.objects.select_related("trainee")}
        assert Session.objects.get(pk=made.pk).state == "held"
    assert there_now == {"KR-01": "well", "KR-03": ""}
    assert browser.post(there, seen | people).status_code == 409


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


def test_every_line_of_the_journal_leads_to_its_thing_or_nowhere(taught: Taught) -> None:
    """What was taken, written and opened for the class; a link that led to nothing would be a page that is not there."""
    with entered(taught.trainer.reach):
        space = space_to_write_in(taught.trainer, taught.engagement, is_internal=False)
    write_entry(taught.trainer, space, register=REGISTERS["processes"], said=EntrySaid("Orders"), at=AT)
    browser = taught.browser()
    assert browser.post(taught.url("topics_take")).status_code == 302
    certified(taught)
    page = browser.get(reverse("journeys:journal", args=[taught.engagement.pk])).content.decode()
    assert "took topics out of the process inventory" in page
    assert "opened class CL-1" in page
    links = set(
        re.findall(r'href="(/engagements/[^"]*/certification/(?:topics|classes)/[0-9a-f-]{36}/)"', page)
    )
    assert {link.split("/")[4] for link in links} == {"topics", "classes"}
    assert {browser.get(link).status_code for link in links} == {200}
