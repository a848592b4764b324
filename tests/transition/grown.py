"""A plan that grows, for the tests of transition: asked for by one side, accepted by the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.transition.programme import AT, Programme

from handfast.foundation.scope import entered
from handfast.transition.actions import accept_growth, propose_growth
from handfast.transition.queries.grown import grown_effect, grown_of

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.transition.models import Growth
    from handfast.transition.queries.grown import Grown


def worked_out(programme: Programme) -> Grown:
    with entered(programme.client.reach):
        return grown_of(programme.plan(), AT)


def asked(programme: Programme, actor: Actor | None = None, reason: str = "It got larger") -> Growth:
    actor = actor or programme.client
    with entered(actor.reach):
        plan = programme.plan()
        grown = grown_of(plan, AT)
        _, live = grown_effect(plan, grown)
        return propose_growth(actor, plan, grown=grown, live=live, reason=reason, at=AT, as_seen=plan.seen_as)


def accepted(programme: Programme, growth: Growth, actor: Actor | None = None) -> Growth:
    actor = actor or programme.provider
    with entered(actor.reach):
        plan = programme.plan()
        grown = grown_of(plan, AT)
        effect, live = grown_effect(plan, grown)
        made = accept_growth(actor, growth, grown=grown, live=live, effect=effect, at=AT)
    programme.date()
    return made


def grow(programme: Programme) -> Growth:
    return accepted(programme, asked(programme))


def outcome(programme: Programme, key: str) -> tuple[str, str]:
    """What the preview says of an activity that is there."""
    return next(
        (one.what, one.why)
        for one in worked_out(programme).lines
        if one.was is not None and one.was.key == key
    )
