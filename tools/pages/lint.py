"""Makes docs/reference/lint.md from the rules of the linter and the examples that hold them to their word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.kernel.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.kernel.servicelevels.linter.rules import Rule

EXAMPLES = "tests/kernel/servicelevels/lint_examples.yaml"


def lint_page(rules: Iterable[Rule], examples: str) -> str:
    """One section a rule: what it finds, why, and its two examples."""
    content = read_document(examples, name=EXAMPLES).content
    rules = list(rules)
    lines = [
        "# The linter",
        "",
        "`handfast lint TERMS.yaml` reads terms before anyone signs them and prints what it finds as compilers do:",
        "`file:line: severity rule: what; what to do`. It ends with 1 if there is an error among the findings, with 0 if",
        "not, and with 2 if the file cannot be read as terms at all (see [refusals](refusals.md)).",
        "",
        f"Made by `make docs` from the {len(rules)} rules and from their [examples](../../{EXAMPLES}), which tests run:",
        "each example is a change to the file that stands there under `bases`.",
        "",
        "| rule | severity | finds |",
        "|---|---|---|",
        *(f"| [{rule.code}](#{rule.code}) | {rule.severity} | {rule.what} |" for rule in rules),
        "",
    ]
    for rule in rules:
        lines += _section(rule, content["rules"][rule.code])
    return "\n".join(lines).rstrip() + "\n"


def _section(rule: Rule, example: dict[str, Any]) -> list[str]:
    lines = [f"## {rule.code}", "", f"*{rule.severity}* · {rule.what}", "", rule.why, ""]
    if events := example.get("events"):
        lines += [f"Where the log has the events {', '.join(events)}.", ""]
    if change := example.get("change"):
        lines += ["In terms with", "", *_block(change)]
    return [*lines, "Found:", "", *_block(example["fails"]), "Let pass:", "", *_block(example["passes"])]


def _block(text: str) -> list[str]:
    return ["```yaml", *text.rstrip().splitlines(), "```", ""]
