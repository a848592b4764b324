"""Own templates for the tests: kept and changed by the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.transition.programme import AT

from handfast.foundation.scope import entered
from handfast.people.queries import home_space_of
from handfast.transition.actions import amend_template, keep_plan_as_template, keep_template
from handfast.transition.queries.plan_as_template import plan_as_template
from handfast.transition.queries.templates import template_seen_by
from handfast.transition.reading.template_files import read_template

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan, PlanTemplate


def kept(actor: Actor, name: str = "Our way", size: str = "light") -> PlanTemplate:
    with entered(actor.reach):
        return keep_template(actor, home_space_of(actor), name=name, size=size, at=AT)


def kept_from(actor: Actor, plan: Plan, name: str = "As it went") -> PlanTemplate:
    with entered(actor.reach):
        text, read = plan_as_template(plan, title=name)
        return keep_plan_as_template(actor, home_space_of(actor), name=name, read=read, text=text, at=AT)


def with_text(actor: Actor, own: PlanTemplate, *replaced: tuple[str, str]) -> PlanTemplate:
    """The same template with parts of its text replaced, each of which stands in it."""
    text = own.text
    for before, after in replaced:
        assert before in text
        text = text.replace(before, after, 1)
    read = read_template(text, name="own.yaml", size=own.size)
    with entered(actor.reach):
        return amend_template(actor, own, text=text, read=read, at=AT, as_seen=own.seen_as)


def now(actor: Actor, own: PlanTemplate) -> PlanTemplate:
    with entered(actor.reach):
        return template_seen_by(actor, own.pk)
