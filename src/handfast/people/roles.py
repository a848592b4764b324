"""The roles of both sides, in the field's words, and what each gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.languages import said_later
from handfast.people.models import Side

if TYPE_CHECKING:
    from collections.abc import Iterable

SEE = frozenset({"see", "export"})
MANAGE = SEE | {"manage-engagement", "manage-people"}
RECORDS = SEE | {"import-records"}
TERMS = SEE | {"write-terms", "agree-terms"}
KEEP = SEE | {"keep-registers"}
PROGRESS = KEEP | {"report-progress"}
PLAN = PROGRESS | {"manage-plan", "review-deliverables"}
STATEMENTS = KEEP | {"make-statements", "answer-statements", "propose-adjustments", "answer-adjustments"}


@dataclass(frozen=True, slots=True)
class Role:
    """A role, the sides that have it, and its capabilities."""

    key: str
    name: str
    sides: frozenset[Side]
    capabilities: frozenset[str]


_CLIENT, _PROVIDER = frozenset({Side.CLIENT}), frozenset({Side.PROVIDER})
_BOTH = _CLIENT | _PROVIDER
ROLES = {
    role.key: role
    for role in (
        Role("sponsor", said_later("Sponsor"), _CLIENT, MANAGE | PLAN | TERMS | STATEMENTS),
        Role("programme-manager", said_later("Programme manager"), _CLIENT, MANAGE | PLAN | RECORDS | TERMS),
        Role(
            "vendor-manager",
            said_later("Vendor manager"),
            _CLIENT,
            MANAGE | PLAN | RECORDS | TERMS | STATEMENTS,
        ),
        Role(
            "process-owner",
            said_later("Process owner"),
            _CLIENT,
            RECORDS | PROGRESS | {"propose-adjustments", "review-deliverables"},
        ),
        Role("finance", said_later("Finance"), _CLIENT, STATEMENTS),
        Role(
            "account-executive",
            said_later("Account executive"),
            _PROVIDER,
            MANAGE | PLAN | TERMS | STATEMENTS,
        ),
        Role("transition-manager", said_later("Transition manager"), _PROVIDER, MANAGE | PLAN | RECORDS),
        Role(
            "delivery-manager",
            said_later("Delivery manager"),
            _PROVIDER,
            MANAGE | PLAN | RECORDS | TERMS | STATEMENTS,
        ),
        Role("trainer", said_later("Trainer"), _PROVIDER, PROGRESS),
        Role("reader", said_later("Reader"), _BOTH, SEE),
        Role("auditor", said_later("Auditor"), _BOTH, SEE),
    )
}


def roles_of_side(side: str) -> list[Role]:
    """The roles that a side can give."""
    return [role for role in ROLES.values() if side in role.sides]


def names_of(roles: Iterable[str]) -> str:
    """The roles as people call them, in one line."""
    return ", ".join(ROLES[role].name for role in roles if role in ROLES)


def capabilities_of(roles: Iterable[str]) -> frozenset[str]:
    """What these roles give together; one that is not known gives nothing."""
    return frozenset().union(*(ROLES[role].capabilities for role in roles if role in ROLES))
