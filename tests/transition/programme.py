"""A plan for the tests of transition: made from a template by the actions, dated by its job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tests.factories.cast import Cast, make_cast
from tests.factories.replaying import replayed

from handfast.foundation.models import Space
from handfast.foundation.scope import entered
from handfast.people.queries import own_space_of
from handfast.transition.actions import (
    accept_change,
    add_activity,
    amend_activity,
    date_now,
    declare_freeze,
    lift_freeze,
    link_activities,
    make_plan,
    propose_change,
)
from handfast.transition.actions.links import space_of_link
from handfast.transition.models import Activity, Dates, Freeze, Link, Plan, ProposedChange
from handfast.transition.queries.changing import link_said, proposed
from handfast.transition.queries.effects import amended, effect_of, frozen, linked, thawed
from handfast.transition.reading.templates import template_of

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
BEGINS = date(2026, 5, 4)
CALENDARS = {
    "client": {
        "zone": "America/Toronto",
        "hours": {"mon-fri": ["09:00-17:00"]},
        "holidays": {"country": "CA", "subdivision": "ON"},
    },
    "provider": {
        "zone": "Europe/Belgrade",
        "hours": {"mon-fri": ["09:00-17:00"]},
        "holidays": {"country": "RS"},
    },
}


@dataclass(frozen=True, slots=True)
class Programme:
    """A deal with its plan; `client` and `provider` act."""

    cast: Cast
    plan_id: Any

    @property
    def client(self) -> Actor:
        return self.cast.actor(self.cast.owner)

    @property
    def provider(self) -> Actor:
        return self.cast.actor(self.cast.delivery)

    def plan(self) -> Plan:
        return (
            Plan.objects.select_related("engagement")
            .prefetch_related("engagement__parties")
            .get(pk=self.plan_id)
        )

    def activity(self, key: str) -> Activity:
        rows = Activity.objects.select_related("plan__engagement")
        return rows.get(plan_id=self.plan_id, key=key)

    def dates(self, key: str) -> Dates:
        """The dates of a shared activity as both sides are told."""
        activity = self.activity(key)
        return Dates.objects.get(activity_id=activity.pk, space_id=activity.space_id)

    def internal(self, actor: Actor, key: str, name: str, *, lead: str, likely: str) -> Activity:
        """An activity of the actor's own side."""
        plan = self.plan()
        space = own_space_of(actor, plan.engagement_id)
        values = {"name": name, "lead": lead, "low": likely, "likely": likely, "high": likely}
        return add_activity(actor, space, plan=plan, key=key, values=values, at=AT)

    def link(self, actor: Actor, before: Activity, after: Activity) -> None:
        space = Space.objects.get(pk=space_of_link(before, after))
        made = Link(space=space, plan_id=self.plan_id, before_id=before.pk, after_id=after.pk)
        link_activities(
            actor, space, link=made, effect=effect_of(self.cast.engagement.pk, linked(made)), at=AT
        )

    def change(self, actor: Actor, key: str, **changes: Any) -> Activity:
        """New values for an activity, made alone."""
        activity = self.activity(key)
        effect = effect_of(self.cast.engagement.pk, amended(activity.pk, changes))
        return amend_activity(actor, activity, changes=changes, effect=effect, at=AT)

    def propose(self, actor: Actor, key: str, **changes: Any) -> ProposedChange:
        """New values for an activity, proposed to the other side."""
        activity = self.activity(key)
        effect = effect_of(self.cast.engagement.pk, amended(activity.pk, changes))
        return propose_change(
            actor, activity, changes=changes, effect=effect, reason="access came late", at=AT
        )

    def propose_link(self, actor: Actor, before: str, after: str) -> ProposedChange:
        """That one activity waits for another, proposed to the other side."""
        plan, ends = self.plan(), [self.activity(key) for key in (before, after)]
        link = Link(space_id=plan.space_id, plan=plan, before_id=ends[0].pk, after_id=ends[1].pk)
        return propose_change(
            actor, ends[1], what=ProposedChange.What.LINK, changes=link_said(link),
            effect=effect_of(self.cast.engagement.pk, linked(link)), reason="one needs the other", at=AT,
        )  # fmt: skip

    def accept(self, actor: Actor, change: ProposedChange) -> ProposedChange:
        """Accept it, with what it moves now."""
        effect = effect_of(self.cast.engagement.pk, proposed(change))
        return accept_change(actor, change, effect=effect, at=AT)

    def freeze(self, actor: Actor, **said: Any) -> Freeze:
        """Two weeks from the first day on which named work does not run."""
        plan = self.plan()
        values = {
            "name": "Peak season", "first_on": BEGINS, "end_on": BEGINS.replace(day=18), "percent": 0, "leads": [],
            "step_keys": [],
        } | said  # fmt: skip
        made = Freeze(space_id=plan.space_id, plan=plan, **values)
        effect = effect_of(self.cast.engagement.pk, frozen(made))
        return declare_freeze(actor, plan, **values, effect=effect, at=AT)

    def lift(self, actor: Actor, freeze: Freeze) -> Freeze:
        return lift_freeze(actor, freeze, effect=effect_of(self.cast.engagement.pk, thawed(freeze.pk)), at=AT)

    def date(self) -> None:
        date_now(self.cast.engagement.pk, at=AT)


def programme_of(size: str = "light", cast: Cast | None = None) -> Programme:
    cast = cast or make_cast()
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        made = make_plan(
            actor, cast.engagement, template=template_of(size), starts_on=BEGINS, calendars=CALENDARS, at=AT
        )
    programme = Programme(cast, made.pk)
    programme.date()
    return programme


@replayed
def a_programme() -> Programme:
    """The light plan in the fixed cast, dated."""
    return programme_of()
