"""The mapping of sizes names every activity, once, and turns no order round; a mapping that does not is told by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handfast.transition.reading.drawn import drawn
from handfast.transition.reading.growths import faults_of, growth_from, next_size


@pytest.mark.parametrize("size", ["light", "standard"])
def test_every_activity_of_a_smaller_template_is_mapped_or_kept_with_a_reason(size: str) -> None:
    growth = growth_from(size)
    assert faults_of(growth) == []
    assert set(drawn(growth.small).values) == {*growth.becomes, *growth.kept}
    assert all(len(reason.split()) > 5 for reason in growth.kept.values())


def test_sizes_follow_each_other_and_the_largest_has_none_behind_it() -> None:
    assert [next_size(one) for one in ("light", "standard", "complex")] == ["standard", "complex", ""]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"prepare.goal": ["nothing.such"]}, "nothing.such is no activity of the larger template"),
        ({"prepare.goal": ["launch.leads"]}, "launch.leads is named twice"),
        ({"write.tone": ["launch.team"]}, "write.tone is mapped and kept"),
        ({"prepare.none": ["launch.team"]}, "prepare.none is no activity of the smaller template"),
        (
            {"golive.soft": ["go_live.half"], "golive.most": ["go_live.soft"]},
            "golive.soft comes before golive.most, and go_live.half after go_live.soft",
        ),
    ],
)
def test_mapping_that_contradicts_the_templates_is_told_by_name(
    changed: dict[str, list[str]], said: str
) -> None:
    growth = growth_from("light")
    wrong = replace(growth, becomes={**growth.becomes, **changed})
    assert said in faults_of(wrong)


def test_activity_that_is_neither_mapped_nor_kept_is_told() -> None:
    growth = growth_from("light")
    kept = {key: one for key, one in growth.kept.items() if key != "write.tone"}
    assert faults_of(replace(growth, kept=kept)) == ["write.tone is neither mapped nor kept"]
