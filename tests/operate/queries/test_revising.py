"""A revision tells its causes: each with what it moved, in points and in money, and together they make the difference."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.contract.deal import TERMS
from tests.operate.month import AT, MAPPING, POOL, ROWS, Month, a_month

from handfast.foundation.scope import entered
from handfast.kernel.servicelevels.canonical import name_of
from handfast.operate.actions import (
    accept_adjustment,
    agree_statement,
    decline_adjustment,
    issue_statement,
    propose_adjustment,
    withdraw_adjustment,
)
from handfast.operate.models import Statement
from handfast.operate.queries.computed import chosen_now, chosen_then, computed_month
from handfast.operate.queries.moved import owed_of, total_of
from handfast.operate.queries.revising import MOST_STEPS, causes_between, revised_month
from handfast.operate.refusals import DraftOutdated, NothingMoved
from handfast.records.actions import amend_mapping, withdraw_batch
from handfast.records.queries import batches_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_django import DjangoAssertNumQueries

    from handfast.operate.models import Adjustment

pytestmark = pytest.mark.django_db
ASKED_BY_A_REVISION = 29
WORLD = (
    TERMS.replace(
        "    reopening: ignore\n",
        "    reopening: ignore\n    pauses: {customer: waiting}\n    excludes: [outage]\n",
    )
    .replace("    unfinished: as it stands\n", "    unfinished: as it stands\n    excludes: [duplicate]\n")
    .replace("minimum: 85 %", "minimum: 70 %")
    + POOL
)
# L-4 waits for the customer from 9 to 14 and counts two hours of seven; L-5 takes five hours, of four promised.
MORE = (
    ("L-4", "2026-03-10T08:00:00", "created"),
    ("L-4", "2026-03-10T09:00:00", "waiting"),
    ("L-4", "2026-03-10T14:00:00", "resumed"),
    ("L-4", "2026-03-10T15:00:00", "first_reply"),
    ("L-5", "2026-03-11T08:00:00", "created"),
    ("L-5", "2026-03-11T13:00:00", "first_reply"),
)
LATE = (("L-2", "2026-03-03T09:00:00", "created"), ("L-2", "2026-03-03T10:00:00", "first_reply"))
REVOKED = {"kind": "pause revoked", "records": ["L-4"], "pause": "customer", "reason": "Nobody was asked."}
OUTAGE = {
    "kind": "time excluded", "type": "outage", "from": "2026-03-11T09:00:00Z", "to": "2026-03-11T11:00:00Z",
    "reason": "The client's network was down.",
}  # fmt: skip
DUPLICATE = {"kind": "record excluded", "type": "duplicate", "records": ["L-4"], "reason": "Reported twice."}


@pytest.fixture
def month() -> Month:
    made = a_month(WORLD)
    made.send(MORE)
    return made


def after(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def proposed(month: Month, said: dict[str, Any], at: datetime = AT) -> Adjustment:
    return propose_adjustment(month.provider, month.bargain.agreement, side="provider", said=said, at=at)


def accepted(month: Month, said: dict[str, Any], at: datetime) -> Adjustment:
    return accept_adjustment(month.client, proposed(month, said, at), at=at)


def lines_of(statement: Statement) -> list[dict[str, Any]]:
    assert statement.causes is not None
    found: list[dict[str, Any]] = statement.causes["lines"]
    return found


def kinds_of(lines: Sequence[dict[str, Any]]) -> list[list[str]]:
    return [[cause["kind"] for cause in line["causes"]] for line in lines]


def told(line: dict[str, Any]) -> tuple[str | None, str | None]:
    """Points and money of the only level; nothing where it did not move."""
    (level,) = line["levels"] or [{"points": None, "money": None}]
    return level["points"], level["money"]


def check_sums(first: Statement, second: Statement) -> None:
    """The lines of the second are the difference of the two, level by level and in all."""
    before, now = json.loads(first.body), json.loads(second.body)
    for old, new in zip(before["levels"], now["levels"], strict=True):
        moved = [one for line in lines_of(second) for one in line["levels"] if one["level"] == old["id"]]
        points = sum((Fraction(one["points"]) for one in moved), Fraction())
        assert points == Fraction(new["exact"]) - Fraction(old["exact"])
        money = sum((Decimal(one["money"]) for one in moved), Decimal())
        assert money == owed_of(now)[old["id"]] - owed_of(before)[old["id"]]
    assert sum((Decimal(line["sum"]) for line in lines_of(second)), Decimal()) == total_of(now) - total_of(
        before
    )
    assert lines_of(second)[-1]["digest"] == second.digest


def test_late_data_a_revoked_pause_and_an_excluded_outage_each_say_what_they_moved(month: Month) -> None:
    first = month.issued()
    month.send(LATE, after(10))
    accepted(month, REVOKED, after(20))
    accepted(month, OUTAGE, after(30))
    second = month.issued(at=after(40))
    lines = lines_of(second)
    assert kinds_of(lines) == [["batch received"], ["adjustment accepted"], ["adjustment accepted"]]
    assert [told(line) for line in lines] == [
        ("20/1", "-10000.00"), ("-20/1", "10000.00"), ("20/1", "-10000.00"),
    ]  # fmt: skip
    assert [line["sum"] for line in lines] == ["-10000.00", "10000.00", "-10000.00"]
    assert {line["unit"] for line in lines} == {"CAD"}
    figures = lines[0]["levels"][0]
    assert [(figures[side]["numerator"], figures[side]["n"]) for side in ("before", "after")] == [
        ("3", 5), ("4", 5),
    ]  # fmt: skip
    check_sums(first, second)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_the_order_the_lines_make_the_same_difference(order: Sequence[int], month: Month) -> None:
    first = month.issued()
    deeds = [
        lambda at: month.send(LATE, at),
        lambda at: accepted(month, REVOKED, at),
        lambda at: accepted(month, OUTAGE, at),
    ]
    for place, which in enumerate(order, start=1):
        deeds[which](after(place))
    second = month.issued(at=after(10))
    check_sums(first, second)
    assert json.loads(second.body)["levels"][0]["exact"] == "80/1"
    assert json.loads(first.body)["levels"][0]["exact"] == "60/1"


def test_two_adjustments_of_one_record_are_told_apart(month: Month) -> None:
    first = month.issued()
    accepted(month, REVOKED, after(10))
    accepted(month, DUPLICATE, after(20))
    second = month.issued(at=after(30))
    assert [told(line)[0] for line in lines_of(second)] == ["-20/1", "10/1"]
    check_sums(first, second)


def test_each_step_is_what_the_kernel_computes_from_these_inputs(month: Month) -> None:
    first = month.issued()
    month.send(LATE, after(10))
    accepted(month, REVOKED, after(20))
    second = month.issued(at=after(30))
    with entered(month.provider.reach):
        here = chosen_then(second.agreement, first.inputs, as_of=first.as_of)
        wanted = chosen_then(second.agreement, second.inputs, as_of=second.as_of)
        digests = []
        for cause in causes_between(here, wanted):
            here = cause.put(here)
            digests.append(computed_month(here, "2026-03").digest)
    assert digests[1:] == [line["digest"] for line in lines_of(second)]
    assert digests[-1] == second.digest


def test_later_instant_has_a_line_only_where_it_moved_something(month: Month) -> None:
    early = datetime(2026, 4, 1, 8, tzinfo=UTC)
    # L-6 has counted three hours by then and is not answered.
    begun = ("L-6", "2026-03-31T17:00:00", "created")
    month.send((*(("L-7", *rest) for _, *rest in ROWS[:2]), begun), early)
    first = month.issued(at=early)
    second = month.issued(at=after(20))
    assert kinds_of(lines_of(second)) == [["later instant"], ["batch received"], ["batch received"]]
    assert lines_of(second)[0]["levels"][0]["points"] == "-50/1"
    month.send((("L-8", "2026-04-02T09:00:00", "created"),), after(30))
    third = month.issued(at=after(40))
    assert (kinds_of(lines_of(third)), lines_of(third)[0]["levels"]) == ([["batch received"]], [])
    check_sums(first, second)


def test_instant_alone_makes_no_revision(month: Month) -> None:
    month.issued()
    with pytest.raises(NothingMoved):
        month.issued(at=after(10))


def test_first_statement_of_a_month_has_no_causes(month: Month) -> None:
    assert month.issued().causes is None


def test_adjustment_that_is_not_accepted_moves_nothing_and_is_named(month: Month) -> None:
    kept = proposed(month, DUPLICATE)
    taken_back = proposed(month, REVOKED)
    month.issued()
    decline_adjustment(month.client, kept, reason="No.", at=after(10))
    withdraw_adjustment(month.provider, taken_back, at=after(20))
    proposed(month, OUTAGE, after(30))
    lines = lines_of(month.issued(at=after(40)))
    assert kinds_of(lines) == [["adjustment declined"], ["adjustment withdrawn"], ["adjustment proposed"]]
    assert [line["levels"] for line in lines] == [[], [], []]


def test_other_terms_are_one_cause(month: Month) -> None:
    first = month.issued()
    version = month.bargain.agreed(WORLD.replace("target: 4h", "target: 7h"))
    second = month.issued(at=after(10))
    (line,) = lines_of(second)
    assert [(one["kind"], one["id"]) for one in line["causes"]] == [("terms changed", str(version.pk))]
    assert told(line) == ("40/1", "-10000.00")
    check_sums(first, second)


def test_step_that_cannot_be_computed_alone_is_taken_with_the_next(month: Month) -> None:
    first = month.issued()
    with entered(month.client.reach):
        old = batches_of(month.source)
    mapping = MAPPING + "    attributes: {priority: {column: Priority, taken_at: start}}\n"
    amend_mapping(month.client, month.source, name="Help desk", mapping=mapping, at=after(5))
    rows = tuple((*row, "P1") for row in (("Ticket", "At", "Event"), *ROWS, *MORE))
    heads, *rest = rows
    month.send_text([(*heads[:3], "Priority"), *rest], after(10))
    for place, batch in enumerate(old):
        withdraw_batch(month.client, batch, at=after(20 + place))
    lines = lines_of(month.issued(at=after(30)))
    assert kinds_of(lines) == [["batch received", "batch withdrawn", "batch withdrawn"]]
    assert (lines[0]["levels"], first.revision) == ([], 1)


def test_very_many_causes_are_told_in_neighbourly_bundles(month: Month) -> None:
    first = month.issued()
    for place in range(MOST_STEPS + 6):
        proposed(month, OUTAGE, after(1 + place))
    month.send(LATE, after(50))
    second = month.issued(at=after(60))
    lines = lines_of(second)
    named = [cause["id"] for line in lines for cause in line["causes"] if cause["id"]]
    assert len(lines) <= MOST_STEPS
    assert len(named) == len(set(named)) == MOST_STEPS + 7
    check_sums(first, second)


def test_draft_that_another_revision_overtook_is_not_issued(month: Month) -> None:
    month.issued()
    month.send(LATE, after(10))
    ours = month.drafted(month.client, at=after(20))
    month.issued(at=after(30))
    with pytest.raises(DraftOutdated):
        issue_statement(month.client, ours, answer_by_on=None, at=after(40))


def test_revision_of_an_agreed_month_tells_its_causes_too(month: Month) -> None:
    first = month.issued()
    agree_statement(month.client, first, typed="10000.00", at=AT)
    month.send(LATE, after(10))
    assert kinds_of(lines_of(month.issued(at=after(20)))) == [["batch received"]]


def test_statement_that_another_release_computed_is_told_before_all_causes(month: Month) -> None:
    first = month.issued()
    body = json.loads(first.body)
    body["levels"][0] |= {"exact": "50/1", "value": "50.00"}
    month.send(LATE, after(10))
    with entered(month.provider.reach):
        Statement.objects.filter(pk=first.pk).update(body=json.dumps(body), digest=name_of(body))
        chosen = chosen_now(month.bargain.agreement, "2026-03", as_of=after(20))
        causes = revised_month(chosen, "2026-03").causes
    assert causes is not None
    assert kinds_of(causes["lines"]) == [["computed anew"], ["batch received"]]
    assert told(causes["lines"][0])[0] == "10/1"


def test_causes_are_told_by_name_on_the_page_and_by_the_operation(month: Month) -> None:
    month.issued()
    month.send(LATE, after(10))
    accepted(month, REVOKED, after(20))
    made = month.issued(at=after(30))
    cast = month.bargain.cast
    browser = Client()
    browser.force_login(cast.owner)
    page = browser.get(f"/engagements/{cast.engagement.pk}/statements/2026-03/").content.decode()
    assert "<strong>desk.csv</strong> records received, Help desk" in page
    assert "<strong>A-1</strong> accepted, pause revoked" in page
    assert cast.owner.name in page
    lines = browser.get(f"/api/operate/statements/{made.pk}/causes").json()
    assert [line["causes"][0]["name"] for line in lines] == ["desk.csv", "A-1"]
    assert lines[0]["levels"][0]["points"] == "20/1"
    browser.force_login(cast.rival)
    assert browser.get(f"/api/operate/statements/{made.pk}/causes").status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_page_of_a_revision_asks_the_same_however_many_causes_it_has(
    many: int, month: Month, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    month.issued()
    for place in range(many):
        proposed(month, OUTAGE, after(1 + place))
    month.issued(at=after(60))
    cast = month.bargain.cast
    browser = Client()
    browser.force_login(cast.owner)
    address = f"/engagements/{cast.engagement.pk}/statements/2026-03/"
    browser.get(address)
    with django_assert_num_queries(ASKED_BY_A_REVISION):
        assert browser.get(address).content.decode().count("proposed, time excluded") == many
