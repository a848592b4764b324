"""What the proofs over the registers of the steps count: each by a case that counts by hand, and nothing of one side's own."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from tests.readiness.gated import AT, Gated
from tests.readiness.queries.test_proofs import measured

from handfast.foundation.scope import entered
from handfast.governance.actions import move_entry, take_in
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.rows import Row
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.django_db
TODAY = AT.date()
F = Fraction


def day(days: int) -> str:
    """So many days from today."""
    return (TODAY + timedelta(days=days)).isoformat()


def kept(gated: Gated, register: str, *rows: dict[str, Any]) -> None:
    """Rows of one register, each with its state and own fields."""
    made = []
    for number, row in enumerate(rows, start=1):
        said = {key: row[key] for key in ("due_on", "tags") if key in row}
        own = {key: value for key, value in row.items() if key not in ("state", "due_on", "tags", "owned")}
        owner = gated.client.person if row.get("owned") else None
        state = row.get("state", REGISTERS[register].states[0].key)
        made.append(Row(number, None, EntrySaid(f"Row {number}", owner_id=owner, own=own, **said), state))
    with entered(gated.client.reach):
        space = space_to_write_in(gated.client, gated.engagement, is_internal=False)
        take_in(gated.client, space, register=REGISTERS[register], rows=made, at=AT)


DUE, LATE = {"due_on": TODAY}, {"due_on": TODAY - timedelta(days=1)}
RELEASED = {"state": "released", "released_on": "2026-01-05"}
CONFIRMED = {"state": "confirmed", "minutes": "5"}
GREEN = {"state": "green", "evidence": "Record"}
PROVED = {"state": "proved", "person": "A", "application": "CRM"}
RUN = {"state": "run", "ran_on": "2026-03-02"}
CLOSED = {"state": "closed"}
CASES: list[tuple[str, str, Sequence[dict[str, Any]], Fraction]] = [
    (
        "experts_retained_share", "experts",
        [RELEASED | {"kept_until": day(0)}, RELEASED | {"kept_until": day(-1)}, {}, {"state": "withdrawn"}], F(1, 3),
    ),
    (
        "messages_sent_share", "messages",
        [
            DUE | {"state": "sent", "sent_on": day(0)}, LATE | {"state": "sent", "sent_on": day(0)}, LATE,
            {"due_on": TODAY + timedelta(days=1)}, {},
        ],
        F(1, 3),
    ),
    (
        "groups_without_sponsor", "stakeholders",
        [
            {"impact": "high", "sponsor": "S", "sponsor_acted_on": day(-30)}, {"impact": "high", "sponsor": "S", "sponsor_acted_on": day(-31)},
            {"impact": "high"}, {"impact": "low"},
        ],
        F(2),
    ),
    # 300 of 300 + 100 + 300: what nobody counted weighs as much as the largest.
    ("tasks_baselined_share", "processes", [CONFIRMED | {"a_month": "300"}, {"a_month": "100"}, {}, {"state": "out-of-scope", "a_month": "9000"}], F(3, 7)),
    ("tasks_undecided", "processes", [{"decision": "stop"}, {}, {"state": "out-of-scope"}], F(1)),
    ("shadowing_done_share", "shadowing", [{"state": "held", "held_on": day(-1), "notes": "N"}, {}, {"state": "withdrawn"}], F(1, 2)),
    (
        "material_findings_open", "findings",
        [{"weight": "high"}, {"weight": "critical", "state": "to-change", "treatment": "T"}, {"weight": "low"}, {"weight": "high", "state": "accepted", "treatment": "T"}],
        F(2),
    ),
    ("high_security_findings_open", "findings", [{"kind": "security", "weight": "high"}, {"kind": "security", "weight": "medium"}, {"kind": "control", "weight": "high"}], F(1)),
    ("high_control_findings_open", "findings", [{"kind": "control", "weight": "critical"}, {"kind": "security", "weight": "high"}], F(1)),
    ("retained_roles_filled_share", "retained", [{"state": "filled", "named": "N"}, {}, {"change": "ends"}], F(1, 2)),
    ("vendor_office_filled_share", "retained", [{"state": "filled", "named": "N", "tags": ("vendor office",)}, {}, {"tags": ("Vendor Office",)}], F(1, 2)),
    ("controls_assigned_share", "controls", [{"performer": "P"}, {}], F(1, 2)),
    ("client_procedures_approved_share", "procedures", [{"state": "approved", "approved_on": day(-3)}, {"state": "revised"}], F(1, 2)),
    (
        "blocking_checks_green_share", "checks",
        [
            GREEN | {"blocks": "yes", "checked_on": day(-7), "fresh_days": "7"}, GREEN | {"blocks": "yes", "checked_on": day(-8), "fresh_days": "7"},
            GREEN | {"blocks": "no", "checked_on": day(-1)}, {"blocks": "yes", "state": "not-needed"},
            {"blocks": "yes", "state": "red", "checked_on": day(0)}, GREEN | {"blocks": "yes", "checked_on": day(1)},
        ],
        F(1, 4),
    ),
    ("checks_green_share", "checks", [GREEN | {"checked_on": day(-400)}, {}], F(1, 2)),
    (
        "access_proved_share", "access",
        [PROVED | {"proved_on": day(-1)}, {"state": "granted"}, {"state": "refused"}, PROVED | {"proved_on": day(-9), "left_on": day(-1)}],
        F(1, 3),
    ),
    (
        "access_before_class_share", "access",
        [
            PROVED | {"proved_on": day(-1), "first_day": day(0)}, PROVED | {"proved_on": day(0), "first_day": day(0)},
            {"first_day": day(7)}, {"first_day": day(8)},
        ],
        F(1, 3),
    ),
    ("leaver_access_closed_share", "access", [CLOSED | {"left_on": day(-3), "closed_on": day(-1)}, {"state": "granted", "left_on": day(0)}, {"left_on": day(1)}], F(1, 2)),
    ("transfers_without_basis", "transfers", [{"basis": "Clauses"}, {}], F(1)),
    (
        "rehearsal_coverage_share", "scenarios",
        [
            {"state": "failed", "run_on": day(-1), "systems": "CRM, Telephony", "shifts": "Night"},
            {"systems": "crm, Billing"}, {"state": "withdrawn", "systems": "Mail"},
        ],
        F(3, 4),
    ),
    (
        "scenarios_passed_share", "scenarios",
        [{"state": "passed", "run_on": day(-1)}, {"state": "remark", "run_on": day(-1)}, {"state": "failed", "run_on": day(-1)}, {}], F(2, 3),
    ),
    (
        "severe_defects_open", "defects",
        [{"severity": "1"}, {"severity": "2", "state": "mended", "mend": "M"}, {"severity": "3"}, {"severity": "1", "state": "retested", "retested_on": day(0)}],
        F(2),
    ),
    ("parallel_days", "parallel", [RUN | {"cases": "5", "alike": "5"}, RUN | {"cases": "5", "alike": "4"}, {}], F(1)),
    ("users_briefed_share", "briefings", [{"people": "30", "confirmed": "20"}, {"people": "10"}], F(1, 2)),
    ("ten_cases_passed_share", "cases", [{"state": "passed", "right": "9", "checked_on": day(-1)}, {}], F(1, 2)),
    ("reports_tested_share", "reports", [{"state": "tried", "tried_on": day(-1)}, {}], F(1, 2)),
    ("clean_reports", "reports", [{"in_a_row": "4"}, {"in_a_row": "2"}], F(2)),
    ("obligations_without_owner", "obligations", [{"state": "taken-on", "owned": True}, {"state": "taken-on"}, {"owned": True}], F(2)),
    ("dependencies_late", "dependencies", [LATE, DUE, LATE | {"state": "delivered", "delivered_on": day(0)}], F(1)),
    (
        "volume_carried_share", "command",
        [CLOSED | {"on": day(-2), "came_in": "100", "handled": "40", "in_hand": "7"}, CLOSED | {"on": day(-1), "came_in": "50", "handled": "50", "in_hand": "7"}, {}],
        F(3, 5),
    ),
    (
        "backlog_ratio", "command",
        [
            CLOSED | {"on": day(-1), "came_in": "1", "handled": "1", "in_hand": "90", "normal": "60"},
            CLOSED | {"on": day(-2), "came_in": "1", "handled": "1", "in_hand": "10", "normal": "60"},
            CLOSED | {"on": day(1), "came_in": "1", "handled": "1", "in_hand": "10", "normal": "60"},
        ],
        F(3, 2),
    ),
    ("handover_done_share", "handover", [{"state": "done", "kept_by": "K", "done_on": day(-1)}, {}], F(1, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("key", "register", "rows", "value"), CASES, ids=[one[0] for one in CASES])
def test_proof_counts_what_its_definition_says(
    gated: Gated, key: str, register: str, rows: Sequence[dict[str, Any]], value: Fraction
) -> None:
    kept(gated, register, *rows)
    assert measured(gated, key).value == value


@pytest.mark.parametrize(("key", "register"), [one[:2] for one in CASES], ids=[one[0] for one in CASES])
def test_what_one_side_keeps_for_itself_is_not_counted(gated: Gated, key: str, register: str) -> None:
    gated.entry(register, is_internal=True)
    assert measured(gated, key).value is None


def test_hours_of_experts_are_the_last_five_days_against_the_first(gated: Gated) -> None:
    told = [
        CLOSED
        | {
            "on": day(n - 12),
            "came_in": "1",
            "handled": "1",
            "in_hand": "1",
            "expert_hours": "8" if n < 6 else "2",
        }
        for n in range(11)
    ]
    kept(gated, "command", *told[:9])
    assert measured(gated, "expert_hours_ratio").value is None
    for one in told[9:]:
        moved = {key: value for key, value in one.items() if key != "state"}
        entry = gated.entry("command", title=one["on"], own=moved)
        move_entry(gated.client, entry, to="closed", at=AT)
    # The first five days have 40 hours, the last five 10.
    assert measured(gated, "expert_hours_ratio").value == F(1, 4)


def test_nothing_found_in_a_rehearsal_that_was_run_is_none_and_not_no_data(gated: Gated) -> None:
    kept(gated, "scenarios", {"state": "passed", "run_on": day(-1)})
    assert measured(gated, "severe_defects_open").value == 0


def test_agreement_is_the_lower_end_of_all_days_together(gated: Gated) -> None:
    kept(
        gated,
        "parallel",
        RUN | {"cases": "150", "alike": "140"},
        RUN | {"cases": "113", "alike": "42", "ran_on": "2026-03-03"},
    )
    found = measured(gated, "parallel_agreement_lower_share")
    # The other 81 of 263 reach up to 0.3662: Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
    assert round(float(found.value or 0), 4) == round(1 - 0.3662, 4)
    assert found.said == "182 of 263 alike"


def test_freshness_is_that_of_the_oldest_check_that_counts(gated: Gated) -> None:
    kept(
        gated,
        "checks",
        GREEN | {"checked_on": day(-2), "fresh_days": "7"},
        GREEN | {"checked_on": day(-90), "fresh_days": "7"},
    )
    found = measured(gated, "checks_green_share")
    assert found.as_of_at is not None
    assert AT - found.as_of_at < timedelta(days=4)
    assert [one.said for one in found.lacking] == ["TC-2, Row 2"]
