"""What the worker does for transition: dates a plan after a change, simulates it, and writes its weekly status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from handfast.engagement.queries import names_of_sides
from handfast.foundation.outbox import SENDING, handles, later
from handfast.foundation.post import send_mail
from handfast.people.models import Membership, lasting
from handfast.transition.actions import date_now, deem_accepted, freeze_week, keep_told, simulate_now
from handfast.transition.actions.reviewing import END_REVIEW, REVIEW_OVER
from handfast.transition.actions.versions import DATE_PLAN
from handfast.transition.actions.weeks import plant_week
from handfast.transition.models import Plan, ReviewRound, StatusReader, WeeklyStatus
from handfast.transition.queries.outlook import SIMULATE_PLAN
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.told import told_at
from handfast.transition.queries.week_now import body_now
from handfast.transition.queries.weekly import milestones_of
from handfast.transition.queries.weekly_words import remarks_of, sections_of, sentence_of_week
from handfast.transition.queries.weeks import A_WEEK, FREEZE_WEEK, TELL_MOVES, WEEK_FROZEN, next_friday

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task


@handles(DATE_PLAN)
def date_plan(task: Task) -> None:
    """Date the plan, unless the page that changed it has done so already: then nothing differs."""
    plan = Plan.objects.filter(pk=task.subject).first()
    if plan is not None:
        date_now(plan.engagement_id, at=task.now())


@handles(SIMULATE_PLAN)
def simulate_plan(task: Task) -> None:
    """Run the plan ten thousand times, told as it goes; dates that have their outlook already are left alone."""
    plan = Plan.objects.filter(pk=task.subject).first()
    if plan is not None:
        simulate_now(plan.engagement_id, at=task.now(), progress=lambda done, runs: _tell(task, done, runs))


@handles(FREEZE_WEEK)
def freeze_the_week(task: Task) -> None:
    """Freeze the week of the last Friday, and plant the next one: after weeks without a worker one status is written.

    Of a sample it is the Friday before its last status, and so frozen once.
    """
    plans = Plan.objects.filter(pk=task.subject).select_related("engagement")
    plan = plans.prefetch_related("engagement__parties").first()
    if plan is None:
        return
    friday = next_friday(plan, told_at(plan, task.now())) - A_WEEK
    if plan.dated_at is not None:
        freeze_week(task.actor, plan, ends_on=friday, body=body_now(plan, on=friday), at=task.now())
    plant_week(plan, task.now())


@handles(TELL_MOVES)
def tell_moves(task: Task) -> None:
    """In the evening of a day on which the plan was dated: where milestones stand elsewhere than both were told, tell."""
    plans = Plan.objects.filter(pk=task.subject).select_related("engagement")
    plan = plans.prefetch_related("engagement__parties").first()
    if plan is not None and (days := milestones_of(rows_of(plan))) != plan.told:
        keep_told(task.actor, plan, days=days, at=task.now())


@handles(WEEK_FROZEN, SENDING)
def mail_week(task: Task) -> None:
    """The frozen week to those who asked for it and still belong to the engagement."""
    week = WeeklyStatus.objects.filter(pk=task.subject).select_related("plan__engagement").first()
    if week is None:
        return
    deal = week.plan.engagement
    wanted = StatusReader.objects.filter(plan=week.plan).values_list("person_id", flat=True)
    members = Membership.objects.filter(
        lasting(), engagement_id=deal.pk, person_id__in=list(wanted), person__is_active=True,
        organisation__is_sample=False,
    )  # fmt: skip
    told = _week_told(week, names_of_sides(deal))
    for member in members.select_related("person"):
        body = render_to_string("transition/mail/week.txt", told | {"name": member.person.name})
        subject = f"{deal.name}: weekly status to {week.ends_on}"
        send_mail(member.person.email, subject, body, key=f"{task.key}:{member.person_id}")


@handles(END_REVIEW)
def end_review(task: Task) -> None:
    """The review has ended: without an answer it is an acceptance where silence counts, else both hear that it is late.

    Nobody answers in a sample, which stays at its day.
    """
    rows = ReviewRound.objects.filter(pk=task.subject, outcome=ReviewRound.Outcome.WAITING)
    one = rows.select_related("deliverable__engagement").first()
    if one is None or one.deliverable.engagement.is_sample:
        return
    if one.deliverable.does_silence_count:
        deem_accepted(task.actor, one.deliverable, at=task.now())
    else:
        later(REVIEW_OVER, one, due_at=task.now())


def _week_told(week: WeeklyStatus, names: dict[str, str]) -> dict[str, object]:
    here = reverse("transition:week", args=[week.plan.engagement_id, week.pk])
    return {
        "sentence": sentence_of_week(week.body),
        "sections": sections_of(week.body, names),
        "remarks": remarks_of(week.body, names),
        "link": settings.HANDFAST_ADDRESS + here,
        "digest": week.digest,
    }


def _tell(task: Task, done: int, runs: int) -> None:
    task.progress(done, runs, f"{done:,} of {runs:,} runs")
