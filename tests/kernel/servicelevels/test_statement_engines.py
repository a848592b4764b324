"""A statement is the same bytes by either engine, whatever month, terms and log chance brings."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.factories.asked import body_of
from tests.factories.random_statements import random_inputs

from handfast.kernel.servicelevels.canonical import canonical_bytes


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**63))
def test_body_is_the_same_bytes_by_either_engine(seed: int) -> None:
    inputs = random_inputs(seed)
    bodies = [canonical_bytes(body_of(engine, inputs, "2026-03")) for engine in ("duckdb", "reference")]
    assert bodies[0] == bodies[1]


def test_random_statements_have_values_at_every_level_and_several_verdicts() -> None:
    bodies = [body_of("reference", random_inputs(seed), "2026-03") for seed in range(40)]
    lines = [line for body in bodies for line in body["levels"]]
    valued = {line["id"] for line in lines if line["value"] is not None}
    assert valued == {"resolved", "ratio", "mean", "size", "count", "slow", "calls", "halves"}
    assert {line["verdict"] for line in lines} == {"met", "below expected", "missed", "no data"}
    assert any(len(body["terms_in_force"]) == 2 for body in bodies)
