"""Each step has a page of its own in the concepts, which names its registers and leads on."""

from __future__ import annotations

from pathlib import Path

import pytest

from handfast.governance.registers import REGISTERS
from handfast.transition.reading.templates import template_of

CONCEPTS = Path(__file__).parents[2] / "docs" / "concepts" / "steps"
STEPS = {one.key: one for one in template_of("standard").steps}


@pytest.mark.parametrize("key", STEPS)
def test_step_has_a_page_that_names_its_registers(key: str) -> None:
    step = STEPS[key]
    page = CONCEPTS / f"{step.number:02}-{key.replace('_', '-')}.md"
    said = " ".join(page.read_text("utf-8").split())
    assert said.startswith(f"# {step.number}. {step.name}")
    missing = [one.name for one in REGISTERS.values() if one.step == key and f"**{one.name}**" not in said]
    assert not missing
    assert "**What proves it**" in said


def test_every_register_of_a_step_names_a_step_that_there_is() -> None:
    assert {one.step for one in REGISTERS.values() if one.step} <= set(STEPS)
