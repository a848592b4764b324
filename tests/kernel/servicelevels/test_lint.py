"""The linter finds what each rule's failing example holds, lets the passing one pass, and points at the line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handfast.kernel.document import read_document
from handfast.kernel.servicelevels import linter
from handfast.kernel.servicelevels.linter import RULES, Finding, lint
from handfast.kernel.servicelevels.linter.rules import Rule
from handfast.kernel.servicelevels.terms import read_terms

TABLE = Path(__file__).with_name("lint_examples.yaml")
EXAMPLES: dict[str, Any] = read_document(TABLE.read_text("utf-8"), name=TABLE.name).content
BASES: dict[str, str] = EXAMPLES["bases"]
BY_CODE = {rule.code: rule for rule in RULES}


def content_of(text: str) -> Any:
    return read_document(text, name="change.yaml").content


def patched(old: Any, change: Any) -> Any:
    """RFC 7396."""
    if not isinstance(change, dict):
        return change
    old = dict(old) if isinstance(old, dict) else {}
    for key, value in change.items():
        if value is None:
            old.pop(key, None)
        else:
            old[key] = patched(old.get(key), value)
    return old


def found_in(code: str, which: str) -> set[str]:
    """The codes found in the failing or the passing example of a rule."""
    example = EXAMPLES["rules"][code]
    content = content_of(BASES[example.get("base", "pool")])
    adjusts = BY_CODE[code].scope == "adjustments"
    for change in [example.get("change", "{}"), "{}" if adjusts else example[which]]:
        content = patched(content, content_of(change))
    document = read_document(json.dumps(content, indent=1), name="terms.yaml")
    agreed = read_document(example[which], name="agreed.yaml") if adjusts else None
    known = {"tickets": set(example.get("events", ()))}
    return {finding.rule for finding in lint(read_terms(document), document, agreed, known)}


def linted(text: str, agreed: str | None = None) -> tuple[Finding, ...]:
    document = read_document(text, name="terms.yaml")
    adjustments = None if agreed is None else read_document(agreed, name="agreed.yaml")
    return lint(read_terms(document), document, adjustments)


@pytest.mark.parametrize("code", sorted(EXAMPLES["rules"]))
def test_rule_finds_its_failing_example(code: str) -> None:
    assert code in found_in(code, "fails")


@pytest.mark.parametrize("code", sorted(EXAMPLES["rules"]))
def test_rule_lets_its_passing_example_pass(code: str) -> None:
    assert code not in found_in(code, "passes")


def test_every_rule_has_both_examples() -> None:
    assert sorted(EXAMPLES["rules"]) == sorted(BY_CODE)
    assert [code for code, one in EXAMPLES["rules"].items() if not {"fails", "passes"} <= set(one)] == []


def test_every_rule_is_in_the_list_once_and_says_what_and_why() -> None:
    modules = [module for module in vars(linter).values() if hasattr(module, "RULES")]
    written = [one.code for module in modules for one in vars(module).values() if isinstance(one, Rule)]
    assert sorted(written) == sorted(rule.code for rule in RULES)
    assert [rule.code for rule in RULES if not rule.what.endswith(".") or not rule.why.endswith(".")] == []


def test_base_of_the_pool_has_no_finding() -> None:
    assert linted(BASES["pool"]) == ()


def test_base_of_the_points_has_only_the_provider_that_reports_on_itself() -> None:
    assert [finding.rule for finding in linted(BASES["points"])] == ["reported-by-who-gains"]


def test_finding_points_at_the_line_and_the_keys() -> None:
    text = BASES["pool"].replace(
        "right: {pool: quality, allocation: 60 %}", "right:\n      pool: quality\n      allocation: 70 %"
    )
    finding = linted(text)[0]
    line = next(number for number, said in enumerate(text.splitlines(), start=1) if "70 %" in said)
    assert (finding.file, finding.line, finding.rule) == ("terms.yaml", line, "allocation-over-largest")
    assert (finding.field, finding.severity) == ("regime.credits.right.allocation", "error")


def test_finding_that_an_amendment_brings_points_into_the_amendment() -> None:
    text = BASES["pool"] + (
        "amendments:\n"
        "  - from: 2026-07-01\n"
        "    name: First\n"
        "    change:\n"
        "      levels:\n"
        "        fast:\n"
        "          minimum: 97 %\n"
    )
    found = {finding.rule: finding.line for finding in linted(text)}
    assert found == {"minimum-stricter-than-expected": len(text.splitlines())}


def test_finding_in_a_line_that_two_versions_share_is_said_once() -> None:
    text = BASES["pool"].replace("minimum: 90 %", "minimum: 97 %") + (
        "amendments: [{from: 2026-07-01, name: First, change: {levels: {right: {minimum: 97 %}}}}]\n"
    )
    assert [finding.rule for finding in linted(text)] == ["minimum-stricter-than-expected"]


def test_event_of_another_case_is_suggested() -> None:
    document = read_document(BASES["pool"].replace("Created", "CREATED"), name="terms.yaml")
    known = {"tickets": {"Created", "Waiting", "Resolved", "Closed", "Reopened"}}
    finding = lint(read_terms(document), document, None, known)[0]
    assert (finding.rule, finding.hint) == ("clock-never-runs", "did you mean 'Created'?")


def found_with_events(change: str, events: set[str]) -> list[Finding]:
    text = json.dumps(patched(content_of(BASES["pool"]), content_of(change)))
    document = read_document(text, name="terms.yaml")
    return list(lint(read_terms(document), document, None, {"tickets": events}))


def test_events_that_would_reopen_are_named_up_to_five_and_then_counted() -> None:
    events = {"Created", "Waiting", "Resolved", "Closed", *(f"Note {letter}" for letter in "ABCDEFG")}
    (finding,) = found_with_events("clocks: {solving: {reopen: null}}", events)
    assert finding.rule == "any-event-reopens"
    assert finding.message.startswith("'Note A', 'Note B', 'Note C', 'Note D', 'Note E' and 2 more ")


@pytest.mark.parametrize("change", ["{reopening: ignore, reopen: null}", "{reopen: Reopened}"])
def test_clock_that_other_events_cannot_reopen_has_no_finding_about_them(change: str) -> None:
    events = {"Created", "Waiting", "Resolved", "Closed", "Reopened", "Comment", "Cancelled"}
    assert found_with_events(f"clocks: {{solving: {change}}}", events) == []


def test_findings_of_adjustments_name_their_own_file_and_come_last() -> None:
    agreed = EXAMPLES["rules"]["adjustment-type-unknown"]["fails"]
    found = linted(BASES["pool"].replace("minimum: 90 %", "minimum: 97 %"), agreed)
    assert [(finding.file, finding.line) for finding in found][-1] == ("agreed.yaml", 2)
    assert found[0].file == "terms.yaml"


REASONS = {
    "regime: {at_risk: 0 %}": "nothing is at risk",
    "regime: {cap: 0 %}": "the cap is 0 %",
    "regime: {pools: {speed: {share: 0 %}}}": "share of the pool speed is 0 %",
    "regime: {credits: {fast: {allocation: 0 %}}}": "its allocation is 0 %",
    "levels: {fast: {expected: null, minimum: null}}": "neither minimum nor expected",
    "levels: {fast: {expected: null, minimum: 0 %}}": "wrong side of minimum 0 %",
    "levels: {fast: {expected: null, minimum: 100 %, better: lower}}": "wrong side of minimum 100 %",
    "levels: {fast: {expected: 0 %, minimum: null}}": "wrong side of expected 0 %",
}


@pytest.mark.parametrize("change", REASONS)
def test_credit_that_is_never_reached_says_why(change: str) -> None:
    text = json.dumps(patched(content_of(BASES["pool"]), content_of(change)))
    messages = [finding.message for finding in linted(text) if finding.rule == "credit-never-reached"]
    assert any(REASONS[change] in message and "fast" in message for message in messages)


def test_credit_at_repeated_misses_of_expected_is_reached_though_the_minimum_is_nothing() -> None:
    text = BASES["pool"].replace("minimum: 90 %", "minimum: 0 %")
    assert "credit-never-reached" not in {finding.rule for finding in linted(text)}
    without = text.replace("expected_default: {misses: 4, months: 12}", "")
    assert "credit-never-reached" in {finding.rule for finding in linted(without)}


AMENDED_ENDS = {
    "{clocks: {solving: {start: Assigned}}}": (
        "clocks.solving.start",
        "in_time start at 'Assigned' instead of 'Created'",
    ),
    "{clocks: {solving: {stop: Closed}}}": (
        "clocks.solving.stop",
        "in_time stop at 'Closed' instead of 'Resolved' or 'Closed'",
    ),
    "{clocks: {other: {source: tickets, calendar: office, start: first, stop: [Resolved, Closed], reopening: ignore}}, "
    "measures: {lasting: {clock: other}}}": (
        "measures.lasting.clock",
        "lasting start at the first event instead of 'Created'",
    ),
}


@pytest.mark.parametrize("change", AMENDED_ENDS)
def test_clock_whose_ends_are_amended_is_said_once_with_what_changes(change: str) -> None:
    text = BASES["pool"] + f"amendments: [{{from: 2026-07-01, name: First, change: {change}}}]\n"
    (finding,) = [one for one in linted(text) if one.rule == "clock-ends-amended"]
    path, said = AMENDED_ENDS[change]
    assert finding.field == f"amendments.0.change.{path}"
    assert said in finding.message


def test_amended_pause_or_target_leaves_the_ends_of_a_clock_alone() -> None:
    change = "{clocks: {solving: {pauses: {supplier: Sent}}}, measures: {in_time: {target: 4h}}}"
    text = BASES["pool"] + f"amendments: [{{from: 2026-07-01, name: First, change: {change}}}]\n"
    assert "clock-ends-amended" not in {one.rule for one in linted(text)}
