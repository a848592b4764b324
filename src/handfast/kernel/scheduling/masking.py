"""What one side may be told of a plan: the other side's internal activities without name, id or content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.wording import name_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.kernel.scheduling.plan import Activity, Plan
    from handfast.kernel.scheduling.wording import Reader


@dataclass(frozen=True, slots=True)
class Mask:
    """How activities are called before a reader; `reader` None may read everything.

    `stand_ins` has an id for each activity that the reader may not know, as `client-internal-1`, in the order
    of the plan: the same plan gives the same ones.
    """

    reader: Reader | None
    stand_ins: Mapping[str, str]

    def hides(self, id_: str) -> bool:
        return id_ in self.stand_ins

    def id_of(self, id_: str) -> str:
        return self.stand_ins.get(id_, id_)

    def ids_of(self, ids: tuple[str, ...]) -> list[str]:
        return [self.id_of(one) for one in ids]

    def name_of(self, activity: Activity) -> str:
        """The plain name, or in words what kind of activity it is."""
        return name_for(activity, self.reader) if self.hides(activity.id) else activity.name


def mask_of(plan: Plan, reader: Reader | None) -> Mask:
    """The mask of a plan before a side, before both ("shared": nobody's internals are told), or none."""
    stand_ins: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for activity in plan.activities:
        side = activity.internal_to
        if reader is None or side is None or side == reader:
            continue
        while True:
            numbers[side] = numbers.get(side, 0) + 1
            # An id that somebody chose to look like a stand-in stays his.
            if (stand_in := f"{side}-internal-{numbers[side]}") not in plan.places:
                break
        stand_ins[activity.id] = stand_in
    return Mask(reader, stand_ins)
