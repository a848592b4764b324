"""The operation that estimates a length; it reads nothing and writes nothing. Annotations are values: ninja reads them."""

from typing import Annotated, Literal

from ninja import Query, Router, Schema

from handfast.foundation.web.doors import ActorRequest
from handfast.kernel.scheduling.estimating import Estimate, Undertaking, estimate

router = Router(tags=["transition"])


class UndertakingIn(Schema):
    """What is moved; people 1 to 1000, pilots 0 to 6, training days a person 0 to 60."""

    complexity: Literal["simple", "moderate", "complex"]
    people: int
    knowledge: Literal["written", "partly", "in heads"]
    pilots: int = 0
    training_days: int = 0


class PartOut(Schema):
    """What one answer adds, in tenths of a week."""

    of: str
    tenths: int
    said: str


class EstimateOut(Schema):
    """Weeks from the start to full volume, why, and the template that fits."""

    low_weeks: int
    likely_weeks: int
    high_weeks: int
    said: str
    parts: list[PartOut]
    size: Literal["light", "standard", "complex"]
    why: str
    bounded: str


@router.get("/estimate", response=EstimateOut)
def show_estimate(request: ActorRequest, asked: Annotated[UndertakingIn, Query()]) -> Estimate:  # noqa: ARG001 - ninja passes it by this name
    return estimate(Undertaking(**asked.dict()))
