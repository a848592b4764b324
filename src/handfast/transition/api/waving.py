"""The operations on the waves of a plan. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.transition.actions import add_wave, amend_wave, date_now, remove_wave
from handfast.transition.api.schemas import SeenIn
from handfast.transition.api.wave_schemas import AmendWaveIn, WaveIn, WaveOut, WavesOut
from handfast.transition.models import Wave
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.checking import check_wave
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.queries.wave_standing import standings_of
from handfast.transition.queries.waves import risky_orders, wave_seen_by, waves_of

router = Router(tags=["transition"])
WAVES, WAVE = "/engagements/{uuid:engagement}/waves", "/waves/{uuid:wave}"
GIVEN = ("name", "carries", "criticality", "starts_on")


@router.get(WAVES, response=WavesOut)
def list_waves(request: ActorRequest, engagement: UUID) -> dict[str, Any]:
    """Every wave with how it stands; none where the plan has one only."""
    rows = rows_of(plan_seen_by(request.actor, engagement))
    waves = waves_of(rows.plan)
    return {
        "waves": [one.as_plain() for one in standings_of(rows, waves)],
        "warnings": [one.said for one in risky_orders(waves)],
    }


@router.post(WAVES, response={201: WaveOut})
def post_wave(request: ActorRequest, engagement: UUID, given: WaveIn) -> Status[Wave]:
    plan = plan_seen_by(request.actor, engagement)
    if not may_manage_plan(request.actor, plan):
        raise NotPermitted("add a wave: your role does not include it")
    values = {name: getattr(given, name) for name in GIVEN}
    check_wave(values, given.percent)
    steps = given.step_keys or list(plan.steps.values_list("key", flat=True))
    made = add_wave(
        request.actor, plan, values=values, steps=steps, percent=given.percent, site=given.site,
        at=request.at, as_seen=given.as_seen,
    )  # fmt: skip
    date_now(engagement, at=request.at)
    return Status(201, made)


@router.put(WAVE, response=WaveOut)
def put_wave(request: ActorRequest, wave: UUID, given: AmendWaveIn) -> Wave:
    found = wave_seen_by(request.actor, wave)
    sent = given.dict(exclude={"as_seen"}, exclude_unset=True)
    changes = {name: one for name, one in sent.items() if one is not None and getattr(found, name) != one}
    made = amend_wave(request.actor, found, changes=changes, at=request.at, as_seen=given.as_seen)
    date_now(found.plan.engagement_id, at=request.at)
    return made


@router.post(f"{WAVE}/removal", response={204: None})
def post_wave_removal(request: ActorRequest, wave: UUID, given: SeenIn) -> Status[None]:
    """Take a wave out while nothing in it has begun and no baseline holds its dates."""
    found = wave_seen_by(request.actor, wave)
    engagement = found.plan.engagement_id
    remove_wave(request.actor, found, at=request.at, as_seen=given.as_seen)
    date_now(engagement, at=request.at)
    return Status(204, None)
