"""The words of a step, the blocks of a light plan, and what is proposed instead of refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.transition.programme import Programme, programme_of
from tests.transition.web.test_planning_pages import DONE, OK, REFUSED, address

from handfast.foundation.scope import entered
from handfast.transition.models import Freeze, Link, ProposedChange, Step

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
FORBIDDEN, STALE = 403, 409


@pytest.fixture
def standard() -> Programme:
    return programme_of("standard")


def form_of(step: Step) -> dict[str, str]:
    lists = {
        name: "\n".join(getattr(step, name))
        for name in ("client_actions", "provider_actions", "deliverables")
    }
    criteria = "\n".join(one["text"] for one in step.criteria)
    said = {name: getattr(step, name) for name in ("name", "lead", "description")}
    return said | lists | {"criteria": criteria, "as_seen": str(step.version)}


def step_of(programme: Programme, key: str) -> Step:
    with entered(programme.client.reach):
        return Step.objects.get(plan_id=programme.plan_id, key=key)


def test_step_says_what_each_side_does_and_when_its_milestone_is_passed(
    client: Client, standard: Programme
) -> None:
    step = step_of(standard, "launch")
    client.force_login(standard.cast.reader)
    page = client.get(address(standard, "step", step.pk)).content.decode()
    told = [
        *step.client_actions,
        *step.provider_actions,
        *step.deliverables,
        *(one["text"] for one in step.criteria),
    ]
    assert len(told) > 8
    assert [text for text in told if text.replace("'", "&#x27;") not in page] == []


def test_words_of_a_step_are_changed_by_the_side_that_leads_it(client: Client, standard: Programme) -> None:
    step = step_of(standard, "change")
    given = form_of(step) | {"deliverables": "A stakeholder map\n\nA plan of messages"}
    client.force_login(standard.cast.delivery)
    assert client.post(address(standard, "step", step.pk), given).status_code == FORBIDDEN
    client.force_login(standard.cast.owner)
    assert client.post(address(standard, "step", step.pk), given).status_code == DONE
    assert client.post(address(standard, "step", step.pk), given | {"name": "Else"}).status_code == STALE
    changed = step_of(standard, "change")
    assert changed.deliverables == ["A stakeholder map", "A plan of messages"]
    assert changed.criteria == step.criteria
    again = form_of(changed)
    assert client.post(address(standard, "step", step.pk), again).status_code == REFUSED
    wrong = client.post(address(standard, "step", step.pk), again | {"deliverables": "x" * 400})
    assert wrong.status_code == REFUSED
    assert "line 1: write 1 to 300 characters" in wrong.content.decode()


def test_light_plan_shows_its_nine_blocks_and_one_ready_check(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    page = client.get(address(programme, "plan")).content.decode()
    blocks = (
        "Prepare",
        "Find the people",
        "Write it down",
        "Set up the tools",
        "Agree the rules",
        "Train",
        "Try it",
    )
    assert [word for word in (*blocks, "Go live", "Settle") if f">{word}<" not in page] == []
    assert "PMO launch" not in page
    with entered(programme.client.reach):
        ready = programme.activity("golive.ready")
    drawer = client.get(address(programme, "activity", ready.pk)).content.decode()
    assert "Top twenty contact reasons have an approved how-to" in drawer
    assert drawer.split("Passes when")[1].split("</ul>")[0].count("<li>") == 9


@pytest.mark.parametrize("verb", ["remove", "unlink", "link"])
def test_what_the_other_side_leads_is_asked_for_with_a_reason(
    client: Client, programme: Programme, verb: str
) -> None:
    with entered(programme.provider.reach):
        tasks, contact = (programme.activity(key) for key in ("prepare.tasks", "prepare.contact"))
        found = Link.objects.filter(after_id=tasks.pk).first().pk
    way, given = {
        "remove": (address(programme, "remove", tasks.pk), {"as_seen": "1"}),
        "unlink": (address(programme, "unlink", found), {"as_seen": "1"}),
        "link": (
            address(programme, "link", tasks.pk),
            {"before": str(contact.pk), "kind": "FS", "lag": "", "lag_on": "", "as_seen": "1"},
        ),
    }[verb]
    client.force_login(programme.cast.delivery)
    asked = client.post(way, given)
    assert asked.status_code == REFUSED
    assert "the other side has to accept it, so say why" in asked.content.decode()
    assert client.post(way, given | {"reason": "They run side by side."}).status_code == DONE
    with entered(programme.client.reach):
        change = ProposedChange.objects.get()
        assert (change.what, change.reason) == (verb, "They run side by side.")
    client.force_login(programme.cast.owner)
    shown = client.get(address(programme, "changes"))
    assert (shown.status_code, "They run side by side." in shown.content.decode()) == (OK, True)
    assert client.post(address(programme, "answer_change", change.pk, "accept")).status_code == DONE


def test_freeze_of_both_is_accepted_or_declined_on_its_page(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        first, second = (programme.freeze(programme.client, name=name) for name in ("Peak", "Close"))
    client.force_login(programme.cast.delivery)
    assert "Waits for an answer" in client.get(address(programme, "frame")).content.decode()
    with entered(programme.client.reach):
        before = programme.dates("golive.ready").ends_at
    assert "Answer the freeze Peak" in client.get("/my-work/").content.decode()
    accepted = client.post(address(programme, "answer_freeze", first.pk, "accept"), follow=True)
    assert "“Peak” is accepted." in accepted.content.decode()
    with entered(programme.client.reach):
        assert programme.dates("golive.ready").ends_at > before
    assert client.post(address(programme, "answer_freeze", second.pk, "decline")).status_code == REFUSED
    declined = client.post(address(programme, "answer_freeze", second.pk, "decline"), {"reason": "no"})
    assert declined.status_code == DONE
    with entered(programme.client.reach):
        assert Freeze.objects.get(pk=second.pk).state == Freeze.State.DECLINED
    assert client.post(address(programme, "answer_freeze", first.pk, "shelve")).status_code == 404
