"""The operations on what a plan foresees: its odds, its demand, both sides' year. Annotations are values here."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status

from handfast.foundation.refusals import Conflict
from handfast.foundation.web.doors import ActorRequest
from handfast.kernel.quantity import rounded
from handfast.kernel.scheduling.demand import Demand
from handfast.transition.actions import agree_cover, propose_cover
from handfast.transition.api.foresight_schemas import (
    CoveredOut,
    CoverIn,
    CoverOut,
    DemandOut,
    OutlookOut,
    PlanYearOut,
)
from handfast.transition.models import Cover
from handfast.transition.queries.covering import Covered, cover_seen_by, covered_in, live_on
from handfast.transition.queries.demanded import demand_in
from handfast.transition.queries.outlook import Outlook, outlook_of, plain_of
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.sides import side_of
from handfast.transition.queries.together import Together, together_in

router = Router(tags=["transition"])
PLAN = "/engagements/{uuid:engagement}/plan"
FIRST_YEAR, LAST_YEAR = 2000, 2099


@router.get(f"{PLAN}/outlook", response=OutlookOut)
def show_outlook(request: ActorRequest, engagement: UUID) -> dict[str, Any]:
    """The last simulation's answers; a conflict before the first."""
    plan = plan_seen_by(request.actor, engagement)
    found = outlook_of(plan)
    if found is None:
        raise Conflict("the plan is not simulated yet: ask again in a moment")
    return _outlook(found) | {"is_stale": found.dated_at != plan.dated_at}


@router.get(f"{PLAN}/demand", response=list[DemandOut])
def show_demand(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """A role in a week each; what is internal to the caller's side is counted for that side alone."""
    plan = plan_seen_by(request.actor, engagement)
    return [_demand(one) for one in demand_in(rows_of(plan), side_of(request.actor, plan))]


@router.get(f"{PLAN}/year", response=PlanYearOut)
def show_year(
    request: ActorRequest,
    engagement: UUID,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None,
) -> dict[str, Any]:
    """The days closed by name, the hours that both share, and the hours in which they meet each week."""
    plan = plan_seen_by(request.actor, engagement)
    return _year(together_in(plan, year or plan.starts_on.year))


@router.get(f"{PLAN}/covers", response=list[CoveredOut])
def list_covers(
    request: ActorRequest,
    engagement: UUID,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None,
) -> list[Covered]:
    """Each side's holidays after the go-live, with how each is covered."""
    plan = plan_seen_by(request.actor, engagement)
    found = together_in(plan, year or plan.starts_on.year)
    return list(covered_in(plan, found, live_on(rows_of(plan))))


@router.post(f"{PLAN}/covers", response={201: CoverOut})
def post_cover(request: ActorRequest, engagement: UUID, given: CoverIn) -> Status[Cover]:
    """Say how a holiday is covered; the other side agrees."""
    plan = plan_seen_by(request.actor, engagement)
    return Status(201, propose_cover(request.actor, plan, **given.dict(), at=request.at))


@router.post(f"{PLAN}/covers/{{uuid:cover}}/agreement", response=CoverOut)
def post_cover_agreement(request: ActorRequest, engagement: UUID, cover: UUID) -> Cover:
    found = cover_seen_by(request.actor, engagement, cover)
    return agree_cover(request.actor, found, at=request.at)


def _outlook(found: Outlook) -> dict[str, Any]:
    """As it is kept; an agreed date that is none is null."""
    told = plain_of(found)
    for one in (told["live"], *told["milestones"]):
        one["agreed_at"] = one["agreed_at"] or None
    for one in told["buys"]:
        one["activity"] = one["activity"] or None
    return told


def _demand(one: Demand) -> dict[str, Any]:
    released = None if one.released is None else _days(one.released)
    return {
        "side": one.side, "role": one.role, "monday": one.monday, "days": _days(one.days), "released": released,
        "is_short": one.is_short,
    }  # fmt: skip


def _days(days: Any) -> Decimal:
    return rounded(days, 2, "half up")


def _year(found: Together) -> dict[str, Any]:
    return {
        "year": found.number,
        "closed": [
            {"on": on, "side": side, "name": name}
            for side, named in found.named.items()
            for on, name in sorted(named.items())
        ],
        "shared": [{"on": on, "open_us": open_us} for on, open_us in sorted(found.shared_us.items())],
        "windows": [_window(one, is_best=one == found.best) for one in found.windows],
    }


def _window(one: Any, *, is_best: bool) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("weekday", "client", "provider", "open_us", "weeks")}
    return told | {"is_best": is_best}
