"""What each proof of the catalogue counts, over what both sides see, the same for whoever asks."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from tests.evidence.papers import DELIVERY, asked_to_sign, drafted, published, signatures, signed
from tests.factories.cast import joined
from tests.readiness.gated import AT, Gated
from tests.transition.owed import accepted, handed_in, owed

from handfast.evidence.queries.documents import document_seen_by
from handfast.foundation.scope import Reach, entered
from handfast.governance.actions import move_entry
from handfast.readiness.proofs import PROOFS, Asked, Measured
from handfast.transition.actions import agree_baseline, propose_baseline

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.evidence.models import Document

pytestmark = pytest.mark.django_db
TODAY = AT.date()
LATE = {"due_on": TODAY - timedelta(days=1)}
EXECUTIVE = ("provider", "account-executive")


def measured(gated: Gated, key: str, at: datetime = AT) -> Measured:
    """As both sides see it."""
    shared = frozenset({gated.engagement.space_id})
    with entered(Reach(shared)):
        return PROOFS[key].measure(Asked(gated.engagement, at, at.date()))


def seen_by_owner(gated: Gated, document: UUID) -> Document:
    with entered(gated.client.reach):
        return document_seen_by(gated.client, document)


def told(found: Measured) -> tuple[Fraction | None, str]:
    return found.value, found.said


def test_every_proof_says_what_both_sides_mean_by_it() -> None:
    assert all(one.definition.endswith(".") and one.name for one in PROOFS.values())
    assert set(PROOFS) == {key for key, one in PROOFS.items() if one.key == key}


@pytest.mark.parametrize("key", sorted(PROOFS))
def test_nothing_to_count_is_no_data_or_a_plain_count(gated: Gated, key: str) -> None:
    found = measured(gated, key)
    assert found.value is None or found.value >= 0
    assert found.said


def test_information_is_received_once_it_can_be_used(gated: Gated) -> None:
    asked = [gated.entry("requests", own={"received_on": "2026-04-10", "usable": "yes"}) for _ in range(3)]
    assert told(measured(gated, "information_received_share")) == (0, "0 of 3")
    for state in ("received", "accepted"):
        asked[0] = move_entry(gated.client, asked[0], to=state, at=AT)
    move_entry(gated.client, asked[1], to="withdrawn", at=AT)
    found = measured(gated, "information_received_share")
    assert told(found) == (Fraction(1, 2), "1 of 2")
    assert [one.id for one in found.lacking] == [asked[2].pk]


def test_what_one_side_keeps_for_itself_is_not_counted(gated: Gated) -> None:
    severe = {"severity": "severe"}
    gated.entry("issues", own=severe, is_internal=True)
    assert measured(gated, "severity_one_open").value is None
    gated.entry("issues", own={"severity": "high"})
    assert told(measured(gated, "severity_one_open")) == (0, "0 open")
    assert told(measured(gated, "severe_issues_open")) == (1, "1 open")


def test_an_assumption_is_critical_by_its_tag_and_open_from_its_day(gated: Gated) -> None:
    gated.entry("assumptions", **LATE)
    one = gated.entry("assumptions", tags=("Critical",), **LATE)
    gated.entry("assumptions", tags=("critical",), due_on=TODAY + timedelta(days=1))
    assert told(measured(gated, "critical_assumptions_open")) == (1, "1 open")
    move_entry(gated.client, one, to="refuted", at=AT)
    assert measured(gated, "critical_assumptions_open").value == 0


def test_questions_and_actions_are_overdue_after_their_day(gated: Gated) -> None:
    for register, key in (("questions", "queries_overdue"), ("actions", "actions_overdue")):
        gated.entry(register, due_on=TODAY)
        assert measured(gated, key).value == 0
        assert measured(gated, key, AT + timedelta(days=1)).value == 1


def test_a_procedure_counts_once_its_newest_version_is_signed_by_all_who_were_asked(gated: Gated) -> None:
    assert measured(gated, "procedures_signed_share").value is None
    cast = gated.programme.cast
    published(cast, cast.owner, drafted(cast, cast.owner))
    found = measured(gated, "procedures_signed_share")
    assert told(found) == (0, "0 of 1")
    (document,) = [one.id for one in found.lacking]
    asked_to_sign(cast, cast.owner, one := seen_by_owner(gated, document), EXECUTIVE, DELIVERY)
    first, second = signatures(cast, cast.owner, one)
    signed(cast, gated.executive if first.role == EXECUTIVE[1] else cast.delivery, first)
    assert measured(gated, "procedures_signed_share").value == 0
    signed(cast, gated.executive if second.role == EXECUTIVE[1] else cast.delivery, second)
    assert told(measured(gated, "procedures_signed_share")) == (1, "1 of 1")
    published(cast, cast.owner, one, text="# Refunds\n\nThe leader decides.\n")
    assert told(measured(gated, "procedures_signed_share")) == (0, "0 of 1")


def test_deliverables_that_are_due_are_accepted(gated: Gated) -> None:
    cast = gated.programme.cast
    done, left = (owed(gated.client, cast.engagement, due_on=TODAY) for _ in range(2))
    owed(gated.client, cast.engagement, due_on=TODAY + timedelta(days=9))
    accepted(gated.client, handed_in(gated.provider, done, AT))
    found = measured(gated, "deliverables_accepted_share", AT + timedelta(minutes=1))
    assert told(found) == (Fraction(1, 2), "1 of 2")
    assert [one.id for one in found.lacking] == [left.pk]


def test_the_plan_is_agreed_while_no_other_baseline_waits(gated: Gated) -> None:
    assert told(measured(gated, "baseline_signed")) == (0, "none is agreed")
    plan = gated.programme.plan
    with entered(gated.client.reach):
        asked = propose_baseline(gated.client, plan(), at=AT)
    assert told(measured(gated, "baseline_signed")) == (0, "a baseline waits for an answer")
    with entered(gated.provider.reach):
        agree_baseline(gated.provider, asked, typed="1", at=AT)
    assert told(measured(gated, "baseline_signed")) == (1, "baseline 1")


def test_every_milestone_has_criteria_and_signatories(gated: Gated) -> None:
    assert told(measured(gated, "milestones_without_criteria")) == (0, "0 of 15 milestones")
    gate = gated.gate(2)
    with entered(gated.client.reach):
        gate.provider_roles = []
        gate.save(update_fields=["provider_roles"])
    assert measured(gated, "milestones_without_criteria").value == len(gate.step_keys)


def test_joint_work_on_closed_days_is_none_where_the_plan_dates_it(gated: Gated) -> None:
    found = measured(gated, "sessions_on_closed_days")
    assert found.value == 0
    with entered(gated.client.reach):
        one = gated.programme.activity("workshop.milestone")
        joint = gated.programme.activity("launch.kickoff")
        dates = gated.programme.dates(joint.key)
        dates.starts_at = dates.starts_at.replace(month=7, day=1)  # Canada Day
        dates.save(update_fields=["starts_at"])
    assert one.pk != joint.pk
    worse = measured(gated, "sessions_on_closed_days")
    assert worse.value == 1
    assert [each.id for each in worse.lacking] == [joint.pk]


def test_a_role_has_somebody_and_somebody_who_could_stand_in(gated: Gated) -> None:
    found = measured(gated, "roles_named_share")
    assert found.value is not None
    assert found.value < 1
    before = len(found.lacking)
    joined(gated.client, gated.engagement, "client", ["process-owner"], "Marcus Tran", "lumen")
    after = measured(gated, "roles_named_share")
    assert len(after.lacking) == before - 1


def test_a_counterpart_is_missing_until_somebody_is_named(gated: Gated) -> None:
    found = measured(gated, "counterparts_missing")
    joined(gated.provider, gated.engagement, "provider", ["transition-manager"], "Ana Kovač", "danubecare")
    after = measured(gated, "counterparts_missing")
    assert found.value is not None
    assert after.value == found.value - 1
    assert Decimal(str(after.said.split()[0])) == after.value
