"""The three templates of a transition end on the days that were computed for them apart from this program."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML
from tests.kernel.scheduling.plans import OFFICE, plan_of

from handfast.kernel.scheduling.plan import Activity, Estimate, Link
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.scheduling.written import duration_of

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Plan
    from handfast.kernel.scheduling.schedule import Schedule

CONTENT = Path(__file__).parents[3] / ".." / "shared" / "content"
SIZES = ["light", "standard", "complex"]


def template(size: str) -> dict[str, Any]:
    path = CONTENT / f"transition_{size}.yaml"
    if not path.exists():
        pytest.skip("the templates of the design do not lie beside this checkout")
    found: dict[str, Any] = YAML(typ="safe").load(path)
    return found


def activities_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    steps = content.get("steps")
    return [one for step in steps for one in step["activities"]] if steps else content["activities"]


def plan_at(content: dict[str, Any], point: str) -> Plan:
    """Both sides in one office without holidays, every activity as long as at this point."""
    return plan_of(
        *(
            Activity(
                one["id"],
                one["name"],
                one["lead"],
                Estimate.of(duration_of(one["duration"][point])),
                tuple(
                    Link(link["activity"], link["link"], duration_of(link["lag"])) for link in one["after"]
                ),
            )
            for one in activities_of(content)
        ),
        client=OFFICE,
    )


def worked_days(found: Schedule, id_: str) -> Fraction:
    clock = found.worktimes.named("client")
    one = found.by_id[id_]
    return Fraction(clock.worked(one.ends_us) - clock.worked(found.plan.starts_us), clock.day_us)


def cases() -> list[tuple[str, str, str]]:
    return [("light", "likely", "finish_likely")] + [
        (size, point, "finish") for size in SIZES[1:] for point in ("low", "likely", "high")
    ]


@pytest.mark.parametrize(("size", "point", "key"), cases())
def test_template_without_holidays_ends_on_the_days_computed_for_it(size: str, point: str, key: str) -> None:
    content = template(size)
    expected = content["computed_without_holidays"][key]
    expected = expected if key == "finish_likely" else expected[point]
    found = schedule(plan_at(content, point))
    reached = {id_: f"{float(worked_days(found, id_)):g}d" for id_ in expected}
    assert reached == expected


@pytest.mark.parametrize("size", SIZES)
def test_what_drives_full_volume_is_what_was_computed(size: str) -> None:
    content = template(size)
    critical = content["computed_without_holidays"]["critical_path_likely"]
    found = schedule(plan_at(content, "likely"))
    place = critical[-1]
    chain = [place]
    while (link := found.by_id[place].bound.link) is not None:
        place = link.other
        chain.insert(0, place)
    assert chain == critical
