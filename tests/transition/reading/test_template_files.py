"""A file that was edited is read as a whole, or refused with the line, the key and what to do."""

from __future__ import annotations

import pytest

from handfast.transition.reading.template_files import MOST_BYTES, read_template, text_in
from handfast.transition.reading.templates import SIZES, shipped_text, template_of
from handfast.transition.refusals import TemplateFileRefused

LIGHT, STANDARD, COMPLEX = (shipped_text(f"transition_{size}") for size in SIZES)


def faults(text: str, size: str = "light") -> str:
    with pytest.raises(TemplateFileRefused) as refused:
        read_template(text, name="own.yaml", size=size)
    assert refused.value.fields[0][0] == "file"
    return str(refused.value)


def line_with(text: str, said: str) -> int:
    return text[: text.index(said)].count("\n") + 1


@pytest.mark.parametrize("size", SIZES)
def test_shipped_file_is_read_as_the_template_that_is_shipped(size: str) -> None:
    assert read_template(shipped_text(f"transition_{size}"), name="own.yaml", size=size) == template_of(size)


def test_file_that_an_editor_saved_with_a_mark_and_other_line_ends_says_the_same() -> None:
    content = b"\xef\xbb\xbf" + LIGHT.replace("\n", "\r\n").encode()
    assert read_template(text_in(content, "own.yaml"), name="own.yaml", size="light") == template_of("light")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("    lead: client", "    laed: client", "unknown key; did you mean 'lead'?"),
        ("    lead: client", "    lead: nobody", "Input should be 'client', 'provider', 'joint' or 'either'"),
        ("low: 0.5d, likely: 1d", "low: -5d, likely: 1d", "write a duration as 0.5d, 5d, 16h or 1h 30m"),
        ("low: 0.5d, likely: 1d", "low: 5d, likely: 1d", "low is not longer than likely"),
        ("low: 0.5d, likely: 1d", "low: 4h, likely: 1d", "write all three in days, or all three in hours"),
        ("high: 2d}", "high: 9999d}", "at most 1000d"),
        ("    step: launch", "    step: nowhere", "there is no step 'nowhere': write one of change,"),
        ("activity: prepare.contact", "activity: prepare.gone", "there is no activity 'prepare.gone'"),
        ("id: prepare.contact", "id: prepare.goal", "the activity 'prepare.goal' stands twice"),
        ("id: prepare.goal", "id: prepare.milestone", "this key belongs to the plan"),
        ("id: prepare.goal", "id: w2.goal", "this key belongs to the plan"),
        ("name: Name one key contact", f"name: {'x' * 301} contact", "write 1 to 300 characters"),
        ("version: 1", "version: 2", "Input should be '1'"),
        ("size: light", "size: standard", "this template is light: leave it so"),
        ("content: transition_template", "content: menu", "write transition_template"),
        ("title:", "title: &t", "anchors and aliases are not read"),
    ],
)  # fmt: skip
def test_wrong_value_is_told_with_its_line_and_what_to_do(before: str, after: str, said: str) -> None:
    assert before in LIGHT
    told = faults(LIGHT.replace(before, after, 1))
    assert said in told
    assert "own.yaml, line " in told
    named = {one.partition(": ")[0] for one in told.splitlines()}
    lines = {int(one.rpartition(" ")[2]) for one in named}
    reached = range(line_with(LIGHT, before) - 4, line_with(LIGHT, before) + 20)
    assert lines & ({1} if said.startswith("write transition") else set(reached))


def test_ring_of_waiting_is_named_from_end_to_end() -> None:
    text = LIGHT.replace("    after: []", "    after: [{activity: prepare.tasks, link: FS, lag: 0d}]", 1)
    told = faults(text)
    assert "a ring of waiting: prepare.goal waits for prepare.tasks waits for prepare.goal" in told
    assert "leave one link out" in told


def test_activity_that_waits_twice_alike_is_refused() -> None:
    link = "      - {activity: prepare.contact, link: FS, lag: 0d}\n"
    assert "by FS twice: leave one out" in faults(LIGHT.replace(link, link * 2, 1))


@pytest.mark.parametrize("text", ["", "[]", "x", "a: [", "\x00", "just: this"])
def test_what_is_no_template_is_refused(text: str) -> None:
    assert "own.yaml, line 1" in faults(text)


def test_steps_are_named_and_numbered_once_and_waves_repeat_steps_that_are_there() -> None:
    assert "the step 'launch' stands twice" in faults(
        STANDARD.replace("- key: client_org", "- key: launch", 1), "standard"
    )
    assert "the number '1' stands twice" in faults(STANDARD.replace("number: 2", "number: 1", 1), "standard")
    text = COMPLEX.replace("      - discovery\n", "      - nowhere\n", 1)
    assert "there is no step 'nowhere' in this template" in faults(text, "complex")
    assert "from 0.1 to 3" in faults(
        COMPLEX.replace("duration_factor: 0.8", "duration_factor: 80", 1), "complex"
    )


def test_file_that_is_too_large_or_no_text_is_refused_before_it_is_read() -> None:
    with pytest.raises(TemplateFileRefused, match=r"own.yaml: 300,001 bytes; a template has at most 300,000"):
        text_in(b"x" * (MOST_BYTES + 1), "own.yaml")
    with pytest.raises(TemplateFileRefused, match=r"own.yaml, line 2: this is not UTF-8: save the file as"):
        text_in(b"content: transition_template\ntitle: \xff\n", "own.yaml")
    assert "at most 300,000 bytes" in faults("é" * MOST_BYTES)


def test_more_activities_than_a_plan_is_made_with_are_refused() -> None:
    one = LIGHT[LIGHT.index("  - id: prepare.goal") : LIGHT.index("  - id: prepare.contact")]
    many = "".join(one.replace("prepare.goal", f"prepare.more{number}") for number in range(1000))
    assert "a template has at most 1,000" in faults(LIGHT.replace(one, one + many, 1))
