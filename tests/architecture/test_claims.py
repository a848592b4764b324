"""Every test claims something and asserts it, in the place that mirrors what it is about."""

from __future__ import annotations

import pytest
from tools.house.claims import claim_faults, mirror_faults
from tools.house.tree import Source, sources


def test_every_test_claims_and_asserts() -> None:
    faults = [fault for source in sources("tests") for fault in claim_faults(source)]
    assert not faults, "\n".join(faults)


def test_tests_mirror_the_tree() -> None:
    faults = mirror_faults(sources("tests"), sources("src"))
    assert not faults, "\n".join(faults)


def of(text: str, place: str = "tests/kernel/test_sample.py") -> Source:
    return Source(place, text)


@pytest.mark.parametrize(
    "text",
    [
        "def test_one_and_one_is_two():\n    1 + 1",
        "def test_one_and_one_is_two():\n    compute()",
        "def test_sum():\n    assert 1 + 1 == 2",
        "from unittest.mock import Mock",
        "import unittest.mock",
        "from pytest_mock import mocker",
    ],
)
def test_test_that_asserts_or_claims_nothing_is_refused(text: str) -> None:
    assert len(claim_faults(of(text))) == 1


@pytest.mark.parametrize(
    "body",
    [
        "    assert 1 + 1 == 2",
        "    with pytest.raises(Refusal):\n        compute()",
        "    agree(1 + 1, 2)\n\ndef agree(a, b):\n    assert a == b",
        "    def inner():\n        assert 1 + 1 == 2\n    inner()",
    ],
)
def test_test_that_asserts_is_kept(body: str) -> None:
    assert claim_faults(of(f"def test_one_and_one_is_two():\n{body}\n")) == []


def test_test_without_a_mirror_is_named() -> None:
    package = [Source("src/handfast/kernel/worktime/vectors.py", "")]
    tests = [
        of("", f"tests/{place}/test_x.py")
        for place in ("kernel/worktime", "kernel/absent", "journeys", "cli")
    ]
    assert [fault.split(":")[0] for fault in mirror_faults(tests, package)] == [
        "tests/kernel/absent/test_x.py",
        "tests/cli/test_x.py",
    ]
