"""What the worker does about a gate that is open for signing: who signs hears of it, with a link that needs no sign-in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from handfast.foundation.outbox import SENDING, handles
from handfast.foundation.post import send_mail
from handfast.journeys.actions import open_answer_key
from handfast.journeys.calling import call
from handfast.journeys.queries.answer_keys import answer_secret
from handfast.journeys.queries.readers import members_named, members_who_can, read_as
from handfast.journeys.telling import because_of, said_of
from handfast.readiness.actions.deciding import GATE_OPENED, GATE_SIGNED_BY_MAIL
from handfast.readiness.models import GateDecision, GateSignature
from handfast.readiness.permissions import SIGNING

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.models import Space
    from handfast.foundation.outbox import Task
    from handfast.people.models import Membership

TOO_OLD = timedelta(days=30)


@handles(GATE_OPENED)
def gate_opened(task: Task) -> None:
    """Those of both sides who sign it hear of it at once, while it waits for their side; whoever opened it does not."""
    rows = GateDecision.objects.filter(pk=task.subject, state=GateDecision.State.SIGNING)
    found = rows.select_related("gate").first()
    if found is None or found.opened_at < task.now() - TOO_OLD:
        return
    signed = set(GateSignature.objects.filter(decision=found).values_list("side", flat=True))
    signing = [
        one for one in signers_of(found) if one.side not in signed and one.person_id != found.opened_by_id
    ]
    call(task, found.gate.engagement_id, signing)


def signers_of(decision: GateDecision) -> list[Membership]:
    """Whoever holds one of the roles that sign for their side; where none is named, whoever manages the plan."""
    gate = decision.gate
    able = members_who_can(SIGNING, gate.engagement_id)
    planning = members_who_can("manage-plan", gate.engagement_id)
    named = [one for one in able if set(one.roles) & set(gate.roles_of(one.side))]
    return [*named, *(one for one in planning if not gate.roles_of(one.side))]


def mail_gate(task: Task, space: Space, member: Membership, notice: UUID) -> None:
    """The link, while it can be used; not a word of what is signed."""
    with read_as(member) as actor:
        rows = GateDecision.objects.filter(pk=task.subject, space_id__in=actor.reach.reads)
        waits = rows.filter(state=GateDecision.State.SIGNING).exclude(signatures__side=member.side)
        if not waits.exists():
            return
    key = open_answer_key(task.actor, space, membership=member, about=task.subject, at=task.now())
    chosen = settings.HANDFAST_ADDRESS + reverse("people:mail")
    told = {
        "name": member.person.name, "until": key.expires_at, "because": because_of(GATE_OPENED), "settings": chosen,
        "sign": settings.HANDFAST_ADDRESS + reverse("journeys:decide", args=[answer_secret(key.pk)]),
        "link": settings.HANDFAST_ADDRESS + reverse("journeys:notice", args=[notice]),
    }  # fmt: skip
    body = render_to_string("journeys/mail/gate.txt", told)
    send_mail(member.person.email, said_of(GATE_OPENED), body, key=task.key, settings_link=chosen)


@handles(GATE_SIGNED_BY_MAIL, SENDING)
def gate_signed_by_mail(task: Task) -> None:
    """To the address that the person is known by, so that they hear of it whoever used the link."""
    made = GateSignature.objects.filter(pk=task.subject).select_related("decision__gate").first()
    if made is None:
        return
    gate = made.decision.gate
    for member in members_named([made.signed_by_id], gate.engagement_id, None):
        where = reverse("readiness:gate", args=[gate.engagement_id, gate.pk])
        told = {"name": member.person.name, "link": settings.HANDFAST_ADDRESS + where}
        body = render_to_string("journeys/mail/gate_signed.txt", told)
        send_mail(member.person.email, "A gate was signed in your name by mail", body, key=f"{task.key}:told")
