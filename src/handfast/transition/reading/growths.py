"""What the activities of a smaller template become in the next larger one: the content `growth`, checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from handfast.transition.reading.drawn import drawn
from handfast.transition.reading.templates import SIZES, content_of, template_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handfast.transition.reading.drawn import Drawn
    from handfast.transition.reading.templates import Template


@dataclass(frozen=True, slots=True)
class GrowthMap:
    """Two templates, drawn out, and for every activity of the smaller one what it becomes, or why it is kept.

    `becomes` leads to keys of the larger: the first is what the activity becomes, the others are part of the same
    work. Milestones and activities with the same key in both become themselves. `kept` gives the reason.
    """

    small: Template
    large: Template
    before: Drawn
    after: Drawn
    becomes: Mapping[str, Sequence[str]]
    kept: Mapping[str, str]

    @property
    def heirs(self) -> dict[str, str]:
        """What each key of the smaller template becomes."""
        return {key: keys[0] for key, keys in self.becomes.items()}


def next_size(size: str) -> str:
    """The next larger size; empty where there is none."""
    place = SIZES.index(size) + 1
    return SIZES[place] if place < len(SIZES) else ""


@lru_cache(maxsize=len(SIZES))
def growth_from(size: str) -> GrowthMap:
    """What a plan of a size becomes in the next larger one; ValueError where the content contradicts itself."""
    said = next(one for one in content_of("growth")["growths"] if one["from"] == size)
    small, large = template_of(size), template_of(said["to"])
    before, after = drawn(small), drawn(large)
    same = {key: (key,) for key in before.values.keys() & after.values.keys()}
    becomes = same | {key: tuple(keys) for key, keys in said["becomes"].items()}
    found = GrowthMap(small, large, before, after, becomes, dict(said["kept"]))
    if faults := faults_of(found):
        raise ValueError(f"growth from {size}: {'; '.join(faults)}")
    return found


def faults_of(growth: GrowthMap) -> list[str]:
    """What is wrong in a mapping, by name; empty where nothing is."""
    here, there = growth.before, growth.after
    named = [key for keys in growth.becomes.values() for key in keys]
    both = growth.becomes.keys() & growth.kept.keys()
    said = growth.becomes.keys() | growth.kept.keys()
    return [
        *(f"{key} is neither mapped nor kept" for key in here.values if key not in said),
        *(f"{key} is no activity of the smaller template" for key in sorted(said - here.values.keys())),
        *(f"{key} is mapped and kept" for key in sorted(both)),
        *(f"{key} is no activity of the larger template" for key in sorted(set(named) - there.values.keys())),
        *(f"{key} is named twice" for key in sorted({one for one in named if named.count(one) > 1})),
        *_turned(growth),
    ]


def _turned(growth: GrowthMap) -> list[str]:
    """Pairs that the larger template puts in the other order: links that people made beside them would be a ring."""
    before, after = growth.before.followers(), growth.after.followers()
    heirs = growth.heirs
    return [
        f"{first} comes before {second}, and {heirs[first]} after {heirs[second]}"
        for first in heirs
        for second in before.get(first, ())
        if second in heirs and heirs[first] in after.get(heirs[second], ())
    ]
