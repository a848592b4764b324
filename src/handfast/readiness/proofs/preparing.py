"""Proofs over what launch, change management, due diligence and the client's own organisation leave behind."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.readiness.proofs.counting import (
    counted,
    day_of,
    entries_of,
    lacks_of,
    number_of,
    over,
    share_of,
)
from handfast.readiness.proofs.declared import Asked, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.governance.models import RegisterEntry

HIGH = "high"
MATERIAL = (HIGH, "critical")
OUT = "out-of-scope"
ENDS = "ends"
VENDOR_OFFICE = "vendor office"
SPONSOR_ACTED = timedelta(days=30)


@over("experts", "Experts retained", "share")
def experts_retained_share(asked: Asked) -> Measured:
    """Experts who are released in writing and stay until a day that has not passed, over all on the list."""
    every = entries_of(asked, "experts")
    left = [
        one
        for one in every
        if one.state != "released" or (until := day_of(one, "kept_until")) is None or until < asked.today
    ]
    return share_of(every, left, "no expert is named yet")


@over("messages", "Messages sent in time", "share")
def messages_sent_share(asked: Asked) -> Measured:
    """Planned messages whose day has come and that were sent by that day, over those whose day has come."""
    due = [
        one for one in entries_of(asked, "messages") if one.due_on is not None and one.due_on <= asked.today
    ]
    left = [
        one for one in due if one.due_on and not ((sent := day_of(one, "sent_on")) and sent <= one.due_on)
    ]
    return share_of(due, left, "no message is due yet")


@over("stakeholders", "Groups without a sponsor", "count")
def groups_without_sponsor(asked: Asked) -> Measured:
    """Groups of high impact without a sponsor, or whose sponsor has not acted within the last 30 days."""
    every = entries_of(asked, "stakeholders")
    since = asked.today - SPONSOR_ACTED
    bad = [
        one
        for one in every
        if one.own.get("impact") == HIGH
        and not (one.own.get("sponsor") and (acted := day_of(one, "sponsor_acted_on")) and acted >= since)
    ]
    return counted(every, bad, "without one who acted within 30 days")


@over("processes", "Tasks with a baseline", "share")
def tasks_baselined_share(asked: Asked) -> Measured:
    """Tasks in scope with confirmed volume and handling time, over all tasks in scope, weighted by volume.

    A task without a volume weighs as much as the largest one: what nobody has counted is not taken to be small.
    """
    every = _in_scope(asked)
    if not every:
        return Measured(None, "no task is described yet")
    volumes = [number_of(one, "a_month") for one in every]
    largest = max((one for one in volumes if one), default=Fraction(1))
    weights = [largest if one is None else one for one in volumes]
    left = [one for one in every if one.state != "confirmed"]
    whole = sum(weights, Fraction(0))
    if not whole:
        return Measured(None, "the tasks in scope have no volume at all")
    done = sum(
        (weight for one, weight in zip(every, weights, strict=True) if one.state == "confirmed"), Fraction(0)
    )
    said = f"{len(every) - len(left)} of {len(every)} tasks, by volume"
    return Measured(Fraction(done, whole), said, None, lacks_of(left))


@over("processes", "Tasks undecided", "count")
def tasks_undecided(asked: Asked) -> Measured:
    """Tasks in scope of which nobody has decided to keep, simplify, standardise, automate or stop them."""
    every = _in_scope(asked)
    return counted(every, [one for one in every if not one.own.get("decision")], "without a decision")


@over("shadowing", "Shadowing done", "share")
def shadowing_done_share(asked: Asked) -> Measured:
    """Planned sessions that were held and have notes, over all that were not withdrawn."""
    every = entries_of(asked, "shadowing")
    return share_of(every, [one for one in every if one.state != "held"], "no session is planned yet")


@over("findings", "Material findings open", "count")
def material_findings_open(asked: Asked) -> Measured:
    """Findings of high or critical weight that are neither accepted nor settled by change control."""
    every = entries_of(asked, "findings")
    return counted(every, _material(every), "open")


@over("findings", "High findings of security", "count")
def high_security_findings_open(asked: Asked) -> Measured:
    """Findings of security, of high or critical weight, that are neither accepted nor settled."""
    return _of_kind(asked, "security")


@over("findings", "High findings of controls", "count")
def high_control_findings_open(asked: Asked) -> Measured:
    """Findings of controls, of high or critical weight, that are neither accepted nor settled."""
    return _of_kind(asked, "control")


@over("retained", "Retained roles filled", "share")
def retained_roles_filled_share(asked: Asked) -> Measured:
    """Roles that the client keeps, changes or makes anew and that somebody fills or covers, over all such roles."""
    every = [one for one in entries_of(asked, "retained") if one.own.get("change") != ENDS]
    return share_of(every, [one for one in every if one.state != "filled"], "no role is planned yet")


@over("retained", "Vendor office filled", "share")
def vendor_office_filled_share(asked: Asked) -> Measured:
    """Of the retained roles those with the tag “vendor office” that somebody fills or covers, over all with that tag."""
    tagged = [one for one in entries_of(asked, "retained") if VENDOR_OFFICE in one.tag_list]
    return share_of(
        tagged, [one for one in tagged if one.state != "filled"], "no role has the tag “vendor office”"
    )


@over("controls", "Controls assigned", "share")
def controls_assigned_share(asked: Asked) -> Measured:
    """Controls with a named performer after the transition, over all controls."""
    every = entries_of(asked, "controls")
    return share_of(every, [one for one in every if not one.own.get("performer")], "no control is listed yet")


@over("procedures", "Client procedures approved", "share")
def client_procedures_approved_share(asked: Asked) -> Measured:
    """The client's own procedures at hand-offs that are approved, over all that change."""
    every = entries_of(asked, "procedures")
    return share_of(every, [one for one in every if one.state != "approved"], "no procedure is listed yet")


def _in_scope(asked: Asked) -> list[RegisterEntry]:
    return [one for one in entries_of(asked, "processes") if one.state != OUT]


def _material(every: Sequence[RegisterEntry]) -> list[RegisterEntry]:
    return [one for one in every if not one.is_done and one.own.get("weight") in MATERIAL]


def _of_kind(asked: Asked, kind: str) -> Measured:
    of_kind = [one for one in entries_of(asked, "findings") if one.own.get("kind") == kind]
    return counted(of_kind, _material(of_kind), "open")
