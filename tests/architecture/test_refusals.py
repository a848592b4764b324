"""Every refusal has a code of its own, says what it refuses, and is raised by a test."""

from __future__ import annotations

from tools.house.refusals import code_faults, refusal_classes, unraised
from tools.house.tree import Source, sources


def test_every_refusal_has_its_own_code_and_meaning() -> None:
    refusals = refusal_classes(sources("src"))
    assert {"document-refused", "wrong-quantity"} <= {refusal.code for refusal in refusals}
    faults = code_faults(refusals)
    assert not faults, "\n".join(faults)


def test_every_refusal_is_raised_by_a_test() -> None:
    tests = [source for source in sources("tests") if not source.place.startswith("tests/architecture/")]
    faults = unraised(refusal_classes(sources("src")), tests)
    assert not faults, "\n".join(faults)


def of(text: str) -> list[Source]:
    return [Source("src/handfast/sample.py", text)]


GOOD = 'class TooLate(Refusal):\n    """It is too late."""\n    code = "too-late"\n'


def test_refusal_below_a_refusal_is_found_wherever_it_stands() -> None:
    inner = 'class FarTooLate(TooLate):\n    """Far too late."""\n    code = "far-too-late"\n'
    assert [refusal.name for refusal in refusal_classes([*of(inner), *of(GOOD)])] == ["FarTooLate", "TooLate"]


def test_class_that_is_no_refusal_is_left_alone() -> None:
    assert refusal_classes(of("class Other(Exception):\n    pass\n")) == []


def test_refusal_without_code_or_meaning_is_named() -> None:
    faults = code_faults(refusal_classes(of("class TooLate(Refusal):\n    pass\n")))
    assert [fault.split(": ", 1)[1] for fault in faults] == [
        "TooLate does not say what is refused: write its docstring",
        "TooLate has no code of its own",
    ]


def test_code_in_another_case_is_named() -> None:
    assert "is not kebab-case" in code_faults(refusal_classes(of(GOOD.replace("too-late", "Too_Late"))))[0]


def test_code_used_twice_is_named_with_its_owner() -> None:
    twice = GOOD + GOOD.replace("TooLate", "VeryLate")
    assert "belongs to TooLate" in code_faults(refusal_classes(of(twice)))[0]


def test_refusal_counts_as_raised_by_class_or_by_code() -> None:
    refusals = refusal_classes(of(GOOD))
    assert len(unraised(refusals, of("assert 'TooLateAgain' and 'too-late-again'"))) == 1
    assert unraised(refusals, of("with pytest.raises(TooLate): ...")) == []
    assert unraised(refusals, of("assert refusal.code == 'too-late'")) == []
