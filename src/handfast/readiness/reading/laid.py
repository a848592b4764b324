"""The gates and criteria that a deal of a size begins with: the content `gates` over the criteria of the plan's steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.people.models import Side
from handfast.people.roles import ROLES
from handfast.readiness.models import ATTESTED, Criterion
from handfast.readiness.proofs import PROOFS
from handfast.transition.reading.templates import READY, content_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LIGHT = "light"
READY_GATE = "Ready to go live"
SPOKEN_ROLES = {"executive sponsor": "sponsor"}  # how the content calls a role that has another name here
# Of a light deal another list shows the same: ten cases for each agent are its certification.
IN_LIGHT = {"certified_share": "ten_cases_passed_share"}
FRESH = re.compile(r"not older than (\d{1,3}) days")
YES = {"true": "1", "false": "0"}


@dataclass(frozen=True, slots=True)
class CriterionLaid:
    """A criterion as the content words it; its proof is `attestation` where no computation is there for it."""

    step_key: str
    text: str
    proof: str
    compare: str
    needs: Decimal
    unit: str
    is_blocking: bool
    attests_side: str
    attests_role: str
    fresh_days: int | None


@dataclass(frozen=True, slots=True)
class GateLaid:
    """A gate, whose roles sign, and its criteria."""

    name: str
    step_keys: tuple[str, ...]
    client_roles: tuple[str, ...]
    provider_roles: tuple[str, ...]
    criteria: tuple[CriterionLaid, ...]


def gates_for(size: str, steps: Mapping[str, tuple[str, Sequence[Mapping[str, Any]]]]) -> list[GateLaid]:
    """Those that have criteria; `steps` are by key the lead of each step and what its milestone asks.

    A light deal has one gate, signed by whoever manages the plan on each side.
    """
    if size == LIGHT:
        lead, asked = steps.get(READY, ("joint", ()))
        return (
            [GateLaid(READY_GATE, (READY,), (), (), tuple(_laid(READY, lead, asked, is_light=True)))]
            if asked
            else []
        )
    found = []
    for said in content_of("gates")["gates"]:
        keys = [key for key in said["milestones"] if key in steps]
        criteria = tuple(one for key in keys for one in _laid(key, *steps[key]))
        if size in said["sizes"] and criteria:
            signs = said["signs"]
            client, provider = (_roles(signs[side], side) for side in ("client", "provider"))
            found.append(GateLaid(said["name"], tuple(keys), client, provider, criteria))
    return found


def _laid(
    step: str, lead: str, asked: Iterable[Mapping[str, Any]], *, is_light: bool = False
) -> Iterable[CriterionLaid]:
    for said in asked:
        asked_of = said.get("query", "")
        known = PROOFS.get(IN_LIGHT.get(asked_of, asked_of) if is_light else asked_of)
        word, needs = _by_word(said, lead), _needs(said)
        fresh = FRESH.search(said["text"])
        yield CriterionLaid(
            step_key=step,
            text=_text(said, is_computed=known is not None),
            proof=known.key if known else ATTESTED,
            compare=said.get("compare") or "=" if known else "=",
            needs=needs if known else Decimal(1),
            unit=known.unit if known else Criterion.Unit.YES,
            is_blocking=said.get("blocking", "true") == "true",
            attests_side="" if known else word[0],
            attests_role="" if known else word[1],
            fresh_days=int(fresh[1]) if fresh else None,
        )


def _text(said: Mapping[str, Any], *, is_computed: bool) -> str:
    """What is attested says itself what it needs, since no figure beside it does."""
    text, unit = str(said["text"]), said.get("unit", "")
    if is_computed or said.get("query") in ("", None, ATTESTED) or unit in ("", "yes/no"):
        return text
    value, compare = _needs(said), said.get("compare", "=")
    told = f"{value * 100:f}".rstrip("0").rstrip(".") + " %" if unit == "share" else f"{value:f}"
    words = {">=": "at least", "<=": "at most", "=": "exactly"}[compare]
    counted = "" if unit in ("share", "count") else f" {unit}"
    return f"{text}: {words} {told}{counted}"


def _needs(said: Mapping[str, Any]) -> Decimal:
    value = str(said.get("value", "") or "1")
    return Decimal(YES.get(value.lower(), value))


def _by_word(said: Mapping[str, Any], lead: str) -> tuple[str, str]:
    """Whose word it is: the side and the role that the content names, else the side that leads the step."""
    side, _, role = str(said.get("attested_by", "")).partition(" ")
    if side in Side.values:
        return side, _role(role, side)
    return (lead if lead in Side.values else ""), ""


def _roles(text: str, side: str) -> tuple[str, ...]:
    """The roles that a text names, as `process owner and vendor manager`: any of them signs."""
    named = (_role(one, side) for one in text.split(" and "))
    return tuple(one for one in named if one)


def _role(text: str, side: str) -> str:
    key = SPOKEN_ROLES.get(text, text.replace(" ", "-"))
    return key if key in ROLES and side in ROLES[key].sides else ""
