"""What the worker does for journeys: tells the other side what happened, and mails the journals' heads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse

from handfast.engagement.actions.engagements import AMENDED, MAIL_HEADS
from handfast.engagement.models import Engagement
from handfast.evidence.actions.comments import MENTIONED
from handfast.evidence.models import Comment, Mention, Signature, SignOff
from handfast.evidence.queries.signing import ANSWERED as SIGNATURE_ANSWERED
from handfast.evidence.queries.signing import ASKED
from handfast.foundation.models import Head, Space
from handfast.foundation.outbox import GIVEN_UP, SENDING, handles
from handfast.foundation.post import send_mail
from handfast.governance.actions.deciding import DECISION_ASKED, DECISION_GIVEN
from handfast.governance.models import DecisionRequest
from handfast.journeys.actions import give_notice, open_answer_key
from handfast.journeys.actions.notices import Told
from handfast.journeys.calling import call
from handfast.journeys.deciding_tasks import mail_decided, mail_decision
from handfast.journeys.ending_tasks import watch_newest
from handfast.journeys.gating_tasks import mail_gate
from handfast.journeys.hearing import ANSWERED, WAITING
from handfast.journeys.models import Notice
from handfast.journeys.queries.answer_keys import answer_address
from handfast.journeys.queries.readers import (
    member_told,
    members_named,
    members_who_can,
    mention_waits,
    reviewers_of,
    submitters_of,
)
from handfast.journeys.sampling.asking import LOAD
from handfast.journeys.sampling.catalogue import sample_keys, sample_named
from handfast.journeys.sampling.loading import Guest, Loading, found_loaded, load_sample
from handfast.journeys.sampling.removing import remove_loaded
from handfast.journeys.telling import FOR, NOTIFY, because_of, is_mailed_at_once, said_of
from handfast.people.actions.delegating import DELEGATION_BEGINS
from handfast.people.models import Membership, Person
from handfast.people.queries.delegating import in_force
from handfast.people.roles import capabilities_of
from handfast.readiness.actions.deciding import GATE_OPENED
from handfast.transition.actions.deliverables import SILENCE_ASKED
from handfast.transition.actions.reviewing import ANSWERED as ANSWERED_REVIEW
from handfast.transition.actions.reviewing import HANDED_IN, REVIEW_ENDS, REVIEW_OVER
from handfast.transition.models import Deliverable, Freeze, Plan, ReviewRound, Wave

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.outbox import Task

TOO_OLD = timedelta(days=30)
TAG_LETTERS = 8
# Whose mail has a link that answers without signing in.
LINKED = {DECISION_ASKED: mail_decision, GATE_OPENED: mail_gate}


def what_waits(task: Task) -> None:
    """Those of the other side who can answer it hear of it, while it waits."""
    heard = WAITING[task.row.kind]
    one = heard.found(task.subject)
    if one is not None:
        _tell(task, heard.engagement_of(one), getattr(one, heard.by), getattr(one, heard.at))


def what_was_answered(task: Task) -> None:
    """The side that asked hears what became of it."""
    heard = ANSWERED[task.row.kind]
    one = heard.found(task.subject)
    by = None if one is None else getattr(one, heard.by) if heard.by else task.row.organisation_id
    if one is not None and by is not None and one.answered_at is not None:
        _tell(task, heard.engagement_of(one), by, one.answered_at)


for _kind in WAITING:
    handles(_kind)(what_waits)
for _kind in ANSWERED:
    handles(_kind)(what_was_answered)


@handles("transition.freeze_proposed")
def freeze_proposed(task: Task) -> None:
    """Those who manage the plan on the other side hear of a freeze, or of its lifting, while it waits."""
    one = Freeze.objects.filter(pk=task.subject, asked_for_id__isnull=False).select_related("plan").first()
    if one is not None and one.asked_for_id is not None:
        _tell(task, one.plan.engagement_id, one.asked_for_id, task.row.due_at)


@handles("transition.baseline_proposed")
def baseline_proposed(task: Task) -> None:
    """Those who manage the plan on the other side hear of it, while its dates are those that were proposed."""
    plan = Plan.objects.filter(pk=task.subject, baseline_asked_version=F("version")).first()
    if plan is not None and plan.baseline_asked_for_id is not None:
        _tell(task, plan.engagement_id, plan.baseline_asked_for_id, task.row.due_at)


@handles("transition.milestones_moved")
def milestones_moved(task: Task) -> None:
    """All of both sides who report to the plan hear of it; what moved stands on the page of its status."""
    plan = Plan.objects.filter(pk=task.subject).first()
    if plan is not None:
        call(task, plan.engagement_id, members_who_can(FOR[task.row.kind], plan.engagement_id))


@handles("transition.wave_added")
def wave_added(task: Task) -> None:
    """Those who manage the plan on the other side hear of it, while the wave is there."""
    one = Wave.objects.filter(pk=task.subject).select_related("plan").first()
    if one is not None and task.row.organisation_id is not None:
        _tell(task, one.plan.engagement_id, task.row.organisation_id, task.row.due_at)


@handles(HANDED_IN)
@handles(REVIEW_ENDS)
def review_waits(task: Task) -> None:
    """Whoever is asked to review it hears of it, while it waits for their answer."""
    one = _round(task)
    if one is not None and one.outcome == ReviewRound.Outcome.WAITING:
        call(task, one.deliverable.engagement_id, reviewers_of(one.deliverable))


@handles(ANSWERED_REVIEW)
def review_answered(task: Task) -> None:
    """Whoever handed it in and whoever owns it hear what became of it."""
    one = _round(task)
    if one is not None:
        call(task, one.deliverable.engagement_id, submitters_of(one))


@handles(REVIEW_OVER)
def review_over(task: Task) -> None:
    """Both sides hear that no answer came."""
    one = _round(task)
    if one is not None:
        both = (*reviewers_of(one.deliverable), *submitters_of(one))
        call(task, one.deliverable.engagement_id, both)


@handles(SILENCE_ASKED)
def silence_asked(task: Task) -> None:
    """Those who review for the other side hear that they are asked, while it waits."""
    one = Deliverable.objects.filter(pk=task.subject, is_silence_agreed=False).first()
    if one is not None and one.changed_at >= task.now() - TOO_OLD:
        call(task, one.engagement_id, reviewers_of(one))


def _round(task: Task) -> ReviewRound | None:
    """The round that it is about, unless that lies long back."""
    rows = ReviewRound.objects.filter(pk=task.subject, submitted_at__gte=task.now() - TOO_OLD)
    return rows.select_related("deliverable").first()


@handles(AMENDED)
def engagement_amended(task: Task) -> None:
    """Those who manage the engagement on the other side hear of it; its history says who changed what."""
    one = Engagement.objects.filter(pk=task.subject).first()
    if one is not None and task.row.organisation_id is not None:
        _tell(task, one.pk, task.row.organisation_id, task.row.due_at)


@handles(MENTIONED)
def comment_mentions(task: Task) -> None:
    """Whom it mentions hears of it at once, while it stands and is not seen; whoever wrote it does not."""
    made = Comment.objects.filter(pk=task.subject, withdrawn_at__isnull=True).select_related("space").first()
    if made is None or made.written_at < task.now() - TOO_OLD:
        return
    told = Mention.objects.filter(comment=made, seen_at__isnull=True).exclude(person_id=made.written_by_id)
    persons = list(told.values_list("person_id", flat=True))
    call(task, made.engagement_id, members_named(persons, made.engagement_id, made.space.organisation_id))


@handles(DECISION_ASKED)
def decision_asked(task: Task) -> None:
    """Whom it is asked of hears of it at once, while nobody has decided."""
    one = DecisionRequest.objects.filter(pk=task.subject, answered_at__isnull=True, withdrawn_at__isnull=True)
    made = one.select_related("entry", "space").first()
    if made is not None:
        call(
            task,
            made.entry.engagement_id,
            members_named([made.person_id], made.entry.engagement_id, made.space.organisation_id),
        )


@handles(DECISION_GIVEN, SENDING)
def decision_given(task: Task) -> None:
    """Who asked hears of it; and who decided, at once and by mail, where it was done by the link of a mail."""
    made = DecisionRequest.objects.filter(pk=task.subject).select_related("entry", "space").first()
    if made is None:
        return
    engagement, only = made.entry.engagement_id, made.space.organisation_id
    if made.asked_by_id != made.person_id:
        call(task, engagement, members_named([made.asked_by_id], engagement, only))
    if made.is_by_mail:
        for member in members_named([made.person_id], engagement, only):
            mail_decided(task, made, member)


@handles(ASKED)
def signatures_asked(task: Task) -> None:
    """Who holds a role that is asked hears of it at once, on both sides, while it waits; whoever asked does not."""
    asked = SignOff.objects.filter(pk=task.subject).select_related("space").first()
    if asked is None or asked.asked_at < task.now() - TOO_OLD:
        return
    waiting = Signature.objects.filter(sign_off=asked, state=Signature.State.WAITING)
    roles = set(waiting.values_list("side", "role"))
    engagement = asked.space.engagement_id
    if engagement is not None:
        members = members_who_can(FOR[ASKED], engagement)
        signing = [one for one in members if {(one.side, role) for role in one.roles} & roles]
        call(task, engagement, [one for one in signing if one.person_id != asked.asked_by_id])


@handles(SIGNATURE_ANSWERED)
def signature_answered(task: Task) -> None:
    """Whoever asked hears of it, but not of what they answered themselves."""
    found = Signature.objects.filter(pk=task.subject).select_related("sign_off", "space").first()
    if found is None or found.answered_at is None or found.answered_at < task.now() - TOO_OLD:
        return
    told = [found.sign_off.asked_by_id] if found.sign_off.asked_by_id != found.answered_by_id else []
    call(task, found.engagement_id, members_named(told, found.engagement_id, found.space.organisation_id))


@handles(DELEGATION_BEGINS)
def delegation_begins(task: Task) -> None:
    """Whoever stands in hears of it when it begins, unless it was ended before."""
    one = in_force(task.now()).filter(pk=task.subject).select_related("delegate__person").first()
    if one is not None:
        call(task, one.delegate.engagement_id, [one.delegate])


@handles(GIVEN_UP)
def rows_given_up(task: Task) -> None:
    """Those who manage the engagement hear that something was tried in vain: both sides, or the one whose own it was."""
    space = Space.objects.filter(pk=task.row.space_id).first()
    if space is None or space.engagement_id is None:
        return
    managers = members_who_can(FOR[GIVEN_UP], space.engagement_id)
    call(
        task,
        space.engagement_id,
        [one for one in managers if space.organisation_id in (None, one.organisation_id)],
    )


def _tell(task: Task, engagement: UUID, by: UUID, happened_at: datetime) -> None:
    """Call those of the other side who can answer.

    What lies long back is history that came in late, as a sample's: nobody is called for it.
    """
    if happened_at >= task.now() - TOO_OLD:
        able = members_who_can(FOR[task.row.kind], engagement)
        call(task, engagement, [one for one in able if one.organisation_id != by])


def notify(task: Task) -> None:
    """The notice exactly once, then the mail at least once, where it is not left to the daily one: again, it is the same."""
    person, space = task.row.person_id, Space.objects.get(pk=task.row.space_id)
    kind = task.row.kind.removeprefix(f"{NOTIFY}.")
    if person is None or space.engagement_id is None or space.organisation_id is None:
        return
    found = member_told(person, space.engagement_id, space.organisation_id)
    if found is None or (kind == MENTIONED and not mention_waits(found, task.subject)):
        return
    notice = Notice.objects.filter(space=space, key=task.key).first()
    if notice is None:
        told = Told(found.person_id, space.engagement_id, kind, task.subject, task.key)
        notice = give_notice(task.actor, space, told=told, at=task.now())
    is_sample = found.organisation.is_sample  # its addresses lead nowhere
    if not is_sample and is_mailed_at_once(kind, found.person):
        if kind in LINKED:
            LINKED[kind](task, space, found, notice.pk)
            return
        answered_at = _answered_at(task, space, found) if kind == MENTIONED else ""
        _mail(found.person, kind, reverse("journeys:notice", args=[notice.pk]), task.key, answered_at)


def _answered_at(task: Task, space: Space, member: Membership) -> str:
    """Where a mention is answered by mail: nowhere, if none is taken in or the person's role writes nothing."""
    may_write = "keep-registers" in capabilities_of(member.roles)
    if not settings.HANDFAST_ANSWER_ADDRESS or not may_write:
        return ""
    key = open_answer_key(task.actor, space, membership=member, about=task.subject, at=task.now())
    return answer_address(key.pk)


for _kind in FOR:
    handles(f"{NOTIFY}.{_kind}", SENDING)(notify)


def _mail(person: Person, kind: str, path: str, key: str, answered_at: str) -> None:
    said = said_of(kind)
    told = {
        "name": person.name, "said": said, "because": because_of(kind), "is_answerable": bool(answered_at),
    }  # fmt: skip
    chosen = settings.HANDFAST_ADDRESS + reverse("people:mail")
    body = render_to_string(
        "journeys/mail/notice.txt", told | {"link": settings.HANDFAST_ADDRESS + path, "settings": chosen}
    )
    send_mail(person.email, said, body, key=key, settings_link=chosen, answered_at=answered_at)


@handles(MAIL_HEADS, replace(SENDING, every=timedelta(days=1)))
def mail_heads(task: Task) -> None:
    """Every day: the head of the shared journal to those who manage either side, to hold the chain against later.

    The contract's notice is looked at on the same days, first, since no mail has to be taken for it.
    """
    engagement = Engagement.objects.filter(pk=task.subject).first()
    if engagement is not None and not engagement.is_sample:
        watch_newest(engagement, at=task.now())
        head = Head.objects.get(space_id=engagement.space_id)
        for member in members_who_can("manage-engagement", engagement.pk):
            told = {"name": member.person.name, "engagement": engagement.name, "head": head, "at": task.now()}
            send_mail(
                member.person.email,
                f"Journal of {engagement.name}: entry {head.sequence}",
                render_to_string("journeys/mail/head.txt", told),
                key=f"{task.key}:{member.person_id}",
            )


def load_asked_sample(task: Task) -> None:
    """Load a sample for the person who asked; what an earlier attempt left is removed first."""
    person = Person.objects.filter(pk__in=[task.row.person_id], is_active=True).first()
    if person is None:
        return
    sample = sample_named(task.row.kind.rpartition(".")[2])
    how = Loading(guest=Guest(person.pk, person.pk.hex[:TAG_LETTERS]), on_progress=task.progress)
    left = found_loaded(sample, how)
    if left is not None:
        remove_loaded(left)
    load_sample(sample, how)


for _key in sample_keys():
    handles(f"{LOAD}.{_key}")(load_asked_sample)
