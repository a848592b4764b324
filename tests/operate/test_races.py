"""Two of one side answer a month in the same second: one is heard, the other is told, and the journal says it once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import joined
from tests.factories.racing import at_once
from tests.operate.month import AT, Month, a_month

from handfast.foundation.journal import verified
from handfast.foundation.models import Contents, Outgoing
from handfast.foundation.scope import entered
from handfast.operate.actions import agree_statement, dispute_line, withdraw_dispute
from handfast.operate.models import Dispute, Statement
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 50
LEVEL = "first_response"
LOSES = {
    "agree": {"lines-disputed", "statement-frozen"},
    "dispute": {"line-disputed", "statement-frozen"},
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.HANDFAST_HOME = tmp_path
    settings.HANDFAST_RECORDS = tmp_path / "records"


@dataclass(frozen=True, slots=True)
class Desk:
    """A month that the provider issued, and two at the client who may answer it."""

    month: Month
    first: Actor
    second: Actor
    issued: Statement

    def another(self, revision: int) -> Statement:
        """The same month once more, waiting for its answer."""
        with entered(self.month.provider.reach):
            one = Statement.objects.get(pk=self.issued.pk)
            one.pk, one.revision, one._state.adding = None, revision, True
            one.id = Statement._meta.pk.get_default()
            one.save()
        return one

    def entries(self, action: str) -> int:
        with entered(self.first.reach):
            return Contents.objects.filter(action=action).count()


def a_desk() -> Desk:
    month = a_month()
    cast = month.bargain.cast
    finance = joined(month.client, cast.engagement, "client", ["finance"], "Fin Ance", "lumen")
    return Desk(month, actor_for(cast.owner), actor_for(finance.person), month.issued())


def answer(verb: str, actor: Actor, statement: Statement) -> Callable[[], object]:
    if verb == "agree":
        return lambda: agree_statement(actor, statement, typed="2026-03", at=AT)
    return lambda: dispute_line(actor, statement, level=LEVEL, reason="Not so", at=AT)


def taking_back(actor: Actor, dispute: Dispute) -> Callable[[], object]:
    return lambda: withdraw_dispute(actor, dispute, at=AT)


def raced(verbs: tuple[str, str], rounds: int) -> None:
    """Every round has one winner; what stands afterwards is what the winner said, and nothing of the loser."""
    desk, won = a_desk(), {"agree": 0, "dispute": 0}
    for number in range(rounds):
        statement = desk.another(number + 2)
        ends = at_once(answer(verbs[0], desk.first, statement), answer(verbs[1], desk.second, statement))
        assert ends.count("won") == 1, ends
        winner, loser = ends.index("won"), 1 - ends.index("won")
        assert ends[loser] in LOSES[verbs[loser]], ends
        won[verbs[winner]] += 1
        with entered(desk.first.reach):
            kept = Statement.objects.get(pk=statement.pk)
            disputes = Dispute.objects.filter(statement=statement, withdrawn_at__isnull=True).count()
        assert (kept.state, disputes) == {"agree": ("agreed", 0), "dispute": ("disputed", 1)}[verbs[winner]]
        assert kept.answered_by_id == (desk.first, desk.second)[winner].person
    assert desk.entries("statement.agreed") == won["agree"]
    assert desk.entries("statement.disputed") == won["dispute"]
    assert Outgoing.objects.filter(kind="operate.statement_agreed").count() == won["agree"]
    assert Outgoing.objects.filter(kind="operate.line_disputed").count() == won["dispute"]
    with entered(desk.first.reach):
        assert verified(desk.issued.space_id).is_whole


def test_agreeing_and_disputing_in_the_same_second_have_one_winner() -> None:
    raced(("agree", "dispute"), ROUNDS)


@pytest.mark.parametrize("verb", LOSES)
def test_two_who_answer_alike_in_the_same_second_are_heard_once(verb: str) -> None:
    raced((verb, verb), 8)


def test_agreeing_while_the_dispute_is_withdrawn_never_leaves_an_open_one() -> None:
    desk = a_desk()
    for number in range(8):
        statement = desk.another(number + 2)
        dispute = dispute_line(desk.first, statement, level=LEVEL, reason="Not so", at=AT)
        ends = at_once(answer("agree", desk.second, statement), taking_back(desk.first, dispute))
        with entered(desk.first.reach):
            state = Statement.objects.get(pk=statement.pk).state
            is_open = Dispute.objects.get(pk=dispute.pk).withdrawn_at is None
        assert (ends[0], state) in {("won", "agreed"), ("lines-disputed", "issued")}
        assert (ends[1], is_open) == ("won", False)


@pytest.mark.soak
def test_agreeing_and_disputing_two_hundred_times_have_one_winner_each_time() -> None:
    raced(("agree", "dispute"), 200)
