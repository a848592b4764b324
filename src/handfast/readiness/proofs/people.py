"""Proofs over the people of both sides."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.people.models import Membership, Side, lasting
from handfast.people.roles import ROLES, capabilities_of
from handfast.readiness.proofs.declared import Asked, Lack, Measured, proof

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

CLIENT, PROVIDER = Side.CLIENT, Side.PROVIDER
CORE = (
    (CLIENT, "sponsor"), (CLIENT, "programme-manager"), (CLIENT, "vendor-manager"), (CLIENT, "process-owner"),
    (PROVIDER, "account-executive"), (PROVIDER, "transition-manager"), (PROVIDER, "delivery-manager"),
)  # fmt: skip
# Of a small deal one person on each side is enough, whatever the role is called.
MIRRORS = (
    ("sponsor", "account-executive"),
    ("programme-manager", "transition-manager"),
    ("vendor-manager", "delivery-manager"),
)
READS = frozenset({"reader", "auditor"})
ANY_ROLE = ((CLIENT, ""), (PROVIDER, ""))


def _roles_by_person(asked: Asked) -> Mapping[tuple[str, UUID], frozenset[str]]:
    """Whoever does something there: who only reads stands in for nobody."""
    rows = Membership.objects.filter(lasting(), engagement_id=asked.deal.pk)
    told = rows.values_list("side", "person_id", "roles")
    return {(side, person): found for side, person, roles in told if (found := frozenset(roles) - READS)}


def _is_light(asked: Asked) -> bool:
    return asked.deal.size == asked.deal.Size.LIGHT


@proof("Roles named", unit="share", evidence="People", page="engagement:people")
def roles_named_share(asked: Asked) -> Measured:
    """Core roles with a named person and somebody else of that side who could stand in, over the core roles of both sides.

    Whoever holds all that the role lets people do could stand in. Of a light deal the core roles are one on each side.
    """
    held = _roles_by_person(asked)
    wanted = ANY_ROLE if _is_light(asked) else CORE
    lacking = []
    for side, role in wanted:
        here = {person: roles for (on, person), roles in held.items() if on == side}
        named = [person for person, roles in here.items() if role in roles or not role]
        needs = ROLES[role].capabilities if role else frozenset({"manage-engagement"})
        able = [person for person, roles in here.items() if needs <= capabilities_of(roles)]
        called = f"{ROLES[role].name}, {side}" if role else f"somebody of the {side}"
        if not named:
            lacking.append(Lack(f"{called}: nobody is named"))
        elif not set(able) - set(named[:1]):
            lacking.append(Lack(f"{called}: nobody could stand in"))
    done = len(wanted) - len(lacking)
    return Measured(Fraction(done, len(wanted)), f"{done} of {len(wanted)} roles", None, tuple(lacking))


@proof("Counterparts", unit="count", evidence="People", page="engagement:people")
def counterparts_missing(asked: Asked) -> Measured:
    """Governance roles whose mirror on the other side has nobody named; one person may fill several.

    Sponsor and account executive, programme and transition manager, vendor and delivery manager mirror each other. In a
    light deal one person on each side mirrors everything.
    """
    held = _roles_by_person(asked)
    if _is_light(asked):
        sides = {side for side, _ in held}
        lacking = [Lack(f"nobody of the {side} is named") for side in (CLIENT, PROVIDER) if side not in sides]
    else:
        named = {(side, role) for (side, _), roles in held.items() for role in roles}
        pairs = [one for pair in MIRRORS for one in zip((CLIENT, PROVIDER), pair, strict=True)]
        lacking = [
            Lack(f"{ROLES[role].name}, {side}: nobody is named")
            for side, role in pairs
            if (side, role) not in named
        ]
    return Measured(Fraction(len(lacking)), f"{len(lacking)} missing", None, tuple(lacking))
