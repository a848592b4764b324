"""What the doors do before a plan of one side's own is kept or taken over: read it, and compute what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.refusals import NotPermitted
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.offers import frame_of, offers_seen_by
from handfast.transition.queries.sides import side_of
from handfast.transition.reading.offered import read_offered
from handfast.transition.reading.tables import MOST_BYTES
from handfast.transition.refusals import PlanFileRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handfast.foundation.actor import Actor
    from handfast.kernel.scheduling.plan import Plan as Planned
    from handfast.kernel.scheduling.plan import Side
    from handfast.transition.models import OfferedPlan, Plan
    from handfast.transition.queries.plans import PlanRows
    from handfast.transition.reading.offered import OfferedFile


def side_that_offers(actor: Actor, plan: Plan) -> Side:
    """The side whose own plan it is. Raises NotPermitted."""
    side = side_of(actor, plan)
    if not side or not may_manage_plan(actor, plan):
        raise NotPermitted("bring a plan in: your role does not include it")
    return side  # type: ignore[return-value]  # its choices are the sides


def content_at(path: Path, name: str, size: int) -> bytes:
    """A file that was sent, where it is no larger than a plan. Raises PlanFileRefused."""
    if size > MOST_BYTES:
        raise PlanFileRefused(
            f"{name}: {size:,} bytes; a plan has at most {MOST_BYTES:,}", [("file", "send less")]
        )
    return path.read_bytes()


def read_for(rows: PlanRows, side: Side, content: bytes, name: str) -> OfferedFile:
    """Raises PlanFileRefused, PlanRefused and what readers refuse."""
    return read_offered(content, name, frame_of(rows, side))


def mapping_before(actor: Actor, plan: Plan, read: Planned) -> Mapping[str, str]:
    """The mapping of the version before, for phases of the same name; empty at the first."""
    former: OfferedPlan | None = offers_seen_by(actor, plan).first()
    if former is None:
        return {}
    names = {step["key"]: step["name"] for step in former.content.get("steps", [])}
    by_name = {names[key]: step for key, step in former.mapping.items() if key in names}
    return {step.key: by_name[step.name] for step in read.steps if step.name in by_name}
