"""Decisions that are asked of somebody: of whom they can be asked, and which are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.refusals import NotSeen
from handfast.foundation.sight import the_one
from handfast.foundation.texts import line_fault
from handfast.governance.models import DecisionRequest
from handfast.governance.queries.entries import today_in
from handfast.governance.refusals import DecisionRefused
from handfast.governance.registers.decisions import DECISIONS
from handfast.people.models import Membership, lasting
from handfast.people.roles import capabilities_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor
    from handfast.governance.models import RegisterEntry

TO_BE_DECIDED = "asked"
LONGEST_SILENT = 300


def is_to_be_decided(entry: RegisterEntry) -> bool:
    """Whether it is a decision that nobody has made or taken back."""
    return entry.register == DECISIONS.key and entry.state == TO_BE_DECIDED


def requests_seen_by(actor: Actor, entry: RegisterEntry) -> QuerySet[DecisionRequest]:
    """Of whom a decision was asked, the latest first; without those that were asked anew."""
    rows = DecisionRequest.objects.filter(entry_id=entry.pk, space_id__in=actor.reach.reads)
    return rows.filter(withdrawn_at__isnull=True)


def request_seen_by(actor: Actor, request: UUID) -> DecisionRequest:
    """One of them. Raises NotSeen."""
    rows = DecisionRequest.objects.filter(pk=request, space_id__in=actor.reach.reads)
    found: DecisionRequest = the_one(rows.select_related("entry__engagement", "space"))
    return found


def open_request(actor: Actor, request: UUID) -> DecisionRequest:
    """The same, while it is to be answered. Raises NotSeen."""
    found = request_seen_by(actor, request)
    if found.answered_at or found.withdrawn_at or not is_to_be_decided(found.entry):
        raise NotSeen
    return found


def deciders_of(entry: RegisterEntry) -> list[Membership]:
    """Who can be asked: those who read the entry and whose role lets them change it."""
    rows = Membership.objects.filter(lasting(), engagement_id=entry.engagement_id, person__is_active=True)
    if entry.is_internal:
        rows = rows.filter(organisation_id__in=[entry.space.organisation_id])
    named = rows.select_related("person", "organisation").order_by("person__name", "id")
    return [one for one in named if "keep-registers" in capabilities_of(one.roles)]


def check_asked(entry: RegisterEntry, person: UUID | None, if_silent: str, *, at: datetime) -> str:
    """The line of what happens if nobody answers, tidied. Raises DecisionRefused with every fault by its field."""
    faults = []
    if not is_to_be_decided(entry):
        faults.append(("entry", "only a decision that is still to be made can be asked of somebody"))
    elif entry.due_on is None or entry.due_on < today_in(entry.engagement, at):
        faults.append(("entry", "say first by which day it is due, today or later"))
    if person not in {one.person_id for one in deciders_of(entry)}:
        faults.append(("person_id", "choose somebody who sees it and may decide it"))
    if fault := line_fault(if_silent, most=LONGEST_SILENT):
        faults.append(("if_silent", fault))
    if faults:
        raise DecisionRefused("not asked: " + "; ".join(fault for _, fault in faults), faults)
    return if_silent.strip()
