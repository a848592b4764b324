"""The plan of a deal: each text of it with a mark, shared ones and those of one side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.transition.programme import AT, BEGINS, CALENDARS

from handfast.foundation.actor import worker_in
from handfast.foundation.models import Space
from handfast.foundation.scope import entered
from handfast.people.queries import home_space_of, own_space_of
from handfast.transition.actions import (
    add_activity,
    add_wave,
    amend_activity,
    amend_plan,
    amend_step,
    amend_template,
    ask_for_weeks,
    date_now,
    declare_freeze,
    decline_change,
    decline_freeze,
    decline_growth,
    freeze_week,
    keep_template,
    link_activities,
    make_plan,
    offer_plan,
    override_rag,
    propose_baseline,
    propose_change,
    propose_cover,
    propose_growth,
    remark_on_week,
)
from handfast.transition.models import Activity, Freeze, Link, Plan, Step
from handfast.transition.queries.effects import amended, effect_of, frozen, linked
from handfast.transition.queries.grown import grown_effect, grown_of
from handfast.transition.queries.offering import read_for
from handfast.transition.queries.plans import last_changes_seen_by, plan_seen_by, rows_of
from handfast.transition.queries.week_now import body_now
from handfast.transition.queries.weeks import next_friday
from handfast.transition.reading.template_files import read_template
from handfast.transition.reading.templates import template_of

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.foundation.actor import Actor

SIDES = ("client", "provider")


def planned(deal: Deal) -> None:
    """A light plan, amended, with what is only one side's, a freeze, proposals, and a baseline that waits."""
    client, provider = deal.actor("client"), deal.actor("provider")
    with entered(client.reach):
        plan = make_plan(
            client, deal.engagement, template=template_of("light"), starts_on=BEGINS, calendars=_calendars(deal),
            at=AT,
        )  # fmt: skip
        goal, tone = _named(client, plan, "prepare.goal", deal), _named(client, plan, "write.tone", deal)
    date_now(deal.engagement.pk, at=AT)
    for side in SIDES:
        _own_business(deal, side, plan, goal)
    _around(deal, client, plan)
    _proposed(deal, client, provider, goal)
    _rated(deal, client, plan)
    _covered(deal, client, plan)
    _week_of(deal, client, plan)
    _second_wave(deal, client)
    _larger(deal, client)
    with entered(client.reach):
        link = Link.objects.filter(after_id=tone.pk, space_id=plan.space_id).first()
        link = link or _linked(client, plan, goal, tone)
        _named(client, plan, "write.tone", deal, "again")
        last = last_changes_seen_by(client, plan).filter(space_id=plan.space_id).get()
    date_now(deal.engagement.pk, at=AT)
    with entered(provider.reach):
        propose_baseline(provider, plan_seen_by(provider, deal.engagement.pk), at=AT)
    for side in SIDES:
        _template_of(deal, side)
    deal.shared |= {
        "activity": str(tone.pk),
        "other_activity": str(goal.pk),
        "link": str(link.pk),
        "last": str(last.pk),
    }


def _calendars(deal: Deal) -> dict[str, object]:
    """Each side's, with a closed day of its own name."""
    return {
        side: said
        | {"holidays": said["holidays"] | {"add": {"2026-05-04": f"Closed {deal.said('closed', side)}"}}}  # type: ignore[operator]  # a plain dictionary of dictionaries
        for side, said in CALENDARS.items()
    }


def _named(client: Actor, plan: Plan, key: str, deal: Deal, word: str = "") -> Activity:
    """An activity of the template with a name of this deal."""
    found = Activity.objects.get(plan=plan, key=key)
    changes = {"name": f"Say {deal.said(key, word)}"}
    effect = effect_of(deal.engagement.pk, amended(found.pk, changes))
    return amend_activity(client, found, changes=changes, effect=effect, at=AT)


def _own_business(deal: Deal, side: str, plan: Plan, goal: Activity) -> None:
    """What only this side sees, and a shared activity that waits for it."""
    actor = deal.actor(side)
    with entered(actor.reach):
        space = own_space_of(actor, deal.engagement.pk)
        values = {"name": f"Own {deal.said('own activity', side)}", "lead": side} | dict.fromkeys(
            ("low", "likely", "high"), "3d"
        )
        made = add_activity(actor, space, plan=plan, values=values, at=AT)
        deal.own[side]["own_activity"] = str(made.pk)
        after = goal if side == "client" else Activity.objects.get(plan=plan, key="people.team")
        link = Link(space=space, plan=plan, before_id=made.pk, after_id=after.pk)
        link_activities(actor, space, link=link, effect=effect_of(deal.engagement.pk, linked(link)), at=AT)
    date_now(deal.engagement.pk, at=AT)
    _offered(deal, side, plan)


def _offered(deal: Deal, side: str, plan: Plan) -> None:
    """A plan of the side's own, with a remark, that only this side sees."""
    actor = deal.actor(side)
    name = f"{deal.said('offered file', side)}.csv"
    content = f"Activity,Phase,Duration\nAlone {deal.said('offered activity', side)},People,3d\n".encode()
    with entered(actor.reach):
        read = read_for(rows_of(plan_seen_by(actor, deal.engagement.pk)), side, content, name)  # type: ignore[arg-type]  # one of the two
        made = offer_plan(
            actor, own_space_of(actor, deal.engagement.pk), plan=plan, file_name=name, content=content,
            read=replace(read, remarks=(f"Said {deal.said('offered remark', side)}",)), mapping={"p1": "people"}, at=AT,
        )  # fmt: skip
    deal.own[side]["offered"] = str(made.pk)


def _template_of(deal: Deal, side: str) -> None:
    """A template that only the side's organisation has, whose name and text say so."""
    actor = deal.actor(side)
    with entered(actor.reach):
        named = f"Own {deal.said('template', side)}"
        made = keep_template(actor, home_space_of(actor), name=named, size="light", at=AT)
        said = f"Find {deal.said('template text', side)}"
        text = made.text.replace("Name one key contact each side", said)
        read = read_template(text, name="own.yaml", size="light")
        amend_template(actor, made, text=text, read=read, at=AT)
    deal.own[side]["template"] = str(made.pk)


def _linked(client: Actor, plan: Plan, before: Activity, after: Activity) -> Link:
    space = Space.objects.get(pk=plan.space_id)
    link = Link(space=space, plan=plan, before_id=before.pk, after_id=after.pk)
    effect = effect_of(plan.engagement_id, linked(link))
    return link_activities(client, space, link=link, effect=effect, at=AT)


def _around(deal: Deal, client: Actor, plan: Plan) -> None:
    """A freeze and people by names of this deal."""
    with entered(client.reach):
        declined, freeze = (_frozen(deal, client, plan, word) for word in ("declined freeze", "freeze"))
        deal.shared["freeze"] = str(freeze.pk)
        released = {"client": {f"Owner {deal.said('role')}": 2}}
        amend_plan(client, plan, changes={"released": released}, at=AT)
        _worded(deal, client, plan)
    with entered(deal.actor("provider").reach):
        decline_freeze(deal.actor("provider"), declined, reason=f"Not {deal.said('frozen', 'answer')}", at=AT)


def _frozen(deal: Deal, client: Actor, plan: Plan, word: str) -> Freeze:
    """A freeze that moves what both lead, so that it is proposed."""
    said = {
        "name": f"Peak {deal.said(word)}", "first_on": BEGINS, "end_on": BEGINS.replace(day=20),
        "percent": 0, "leads": ["joint"], "step_keys": [],
    }  # fmt: skip
    effect = effect_of(deal.engagement.pk, frozen(Freeze(space_id=plan.space_id, plan=plan, **said)))
    return declare_freeze(client, plan, **said, effect=effect, at=AT)  # type: ignore[arg-type]  # a row of values


def _worded(deal: Deal, client: Actor, plan: Plan) -> Step:
    """A step that the client leads, every text of it with a mark."""
    step = Step.objects.get(plan=plan, key="launch")
    lists = ("client_actions", "provider_actions", "deliverables")
    changes: dict[str, object] = {name: f"Said {deal.said('step', name)}" for name in ("name", "description")}
    changes |= {name: [f"Do {deal.said('step', name)}"] for name in lists}
    changes["criteria"] = [{"text": f"Shown {deal.said('step', 'criteria')}"}]
    return amend_step(client, step, changes=changes, at=AT)


def _rated(deal: Deal, client: Actor, plan: Plan) -> None:
    """A step that the client says otherwise of."""
    with entered(client.reach):
        step = Step.objects.get(plan=plan, key="launch")
        said = override_rag(
            client, step, wave=1, rag="red", reason=f"Since {deal.said('rag')}",
            path_to_green=f"By {deal.said('path')}", until_on=AT.date(), at=AT,
        )  # fmt: skip
    deal.shared |= {"step": str(step.pk), "step_status": str(said.pk)}


def _week_of(deal: Deal, client: Actor, plan: Plan) -> None:
    """A week that the worker froze, with a remark, mailed to the client's owner."""
    with entered(client.reach):
        remark_on_week(client, plan, text=f"Note {deal.said('remark')}", at=AT)
        ask_for_weeks(client, plan, at=AT)
    worker = worker_in(plan.space_id, None)
    with entered(worker.reach):
        plan = Plan.objects.select_related("engagement").prefetch_related("engagement__parties").get()
        ends_on = next_friday(plan, AT)
        week = freeze_week(worker, plan, ends_on=ends_on, body=body_now(plan, on=ends_on), at=AT)
    deal.shared["week"] = str(week.pk)


def _covered(deal: Deal, client: Actor, plan: Plan) -> None:
    """What the client says of its Christmas."""
    with entered(client.reach):
        said = propose_cover(
            client,
            plan,
            side="client",
            on=date(2026, 12, 25),
            how="on_call",
            note=f"Call {deal.said('cover')}",
            at=AT,
        )
    deal.shared["cover"] = str(said.pk)


def _second_wave(deal: Deal, client: Actor) -> None:
    """Training again, for another place of this deal."""
    with entered(client.reach):
        values = {
            "name": f"Wave {deal.said('wave')}", "carries": f"Carries {deal.said('carries')}", "criticality": 1,
            "starts_on": BEGINS.replace(month=9),
        }  # fmt: skip
        plan = plan_seen_by(client, deal.engagement.pk)
        made = add_wave(client, plan, values=values, steps=["knowledge"], percent=100, at=AT)
    deal.shared["wave"] = str(made.pk)


def _larger(deal: Deal, client: Actor) -> None:
    """That the plan grows: once declined, once waiting."""
    for word in ("declined growth", "waiting growth"):
        with entered(client.reach):
            plan = plan_seen_by(client, deal.engagement.pk)
            grown = grown_of(plan, AT)
            _, live = grown_effect(plan, grown)
            growth = propose_growth(
                client, plan, grown=grown, live=live, reason=f"Since {deal.said(word)}", at=AT
            )
        if word.startswith("declined"):
            decline_growth(deal.actor("provider"), growth, reason=f"Not {deal.said(word, 'answer')}", at=AT)
    deal.shared["growth"] = str(growth.pk)


def _proposed(deal: Deal, client: Actor, provider: Actor, goal: Activity) -> None:
    """One proposal that was declined, one that waits."""
    for number, word in enumerate(("declined change", "waiting change")):
        changes = {"name": f"Otherwise {deal.said(word)}", "likely": f"{number + 2}d", "high": "9d"}
        with entered(provider.reach):
            effect = effect_of(deal.engagement.pk, amended(goal.pk, changes))
            change = propose_change(
                provider,
                goal,
                changes=changes,
                effect=effect,
                reason=f"Since {deal.said(word, 'reason')}",
                at=AT,
            )
        if not number:
            decline_change(client, change, reason=f"Not {deal.said(word, 'answer')}", at=AT)
    deal.shared["change"] = str(change.pk)
