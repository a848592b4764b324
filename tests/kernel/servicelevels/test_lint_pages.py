"""The pages about terms and about the linter say what the models and the rules say now."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.pages.lint import EXAMPLES, lint_page
from tools.pages.terms import terms_page

from handfast.cli.schema import Kind, schema_of
from handfast.kernel.servicelevels.linter import RULES

ROOT = Path(__file__).parents[3]
WANTED = {
    "docs/reference/terms.md": lambda: terms_page(schema_of(Kind.terms)),
    "docs/reference/lint.md": lambda: lint_page(RULES, (ROOT / EXAMPLES).read_text("utf-8")),
}


@pytest.mark.parametrize("page", WANTED)
def test_page_is_current(page: str) -> None:
    assert (ROOT / page).read_text("utf-8") == WANTED[page]()


def test_page_of_terms_names_every_key_of_every_model() -> None:
    page = (ROOT / "docs/reference/terms.md").read_text("utf-8")
    schema = schema_of(Kind.terms)
    keys = {key for part in [schema, *schema["$defs"].values()] for key in part["properties"]}
    assert {key for key in keys if f"| `{key}` |" not in page} == set()


def test_page_of_the_linter_has_a_section_for_every_rule() -> None:
    page = (ROOT / "docs/reference/lint.md").read_text("utf-8")
    assert [rule.code for rule in RULES if f"\n## {rule.code}\n" not in page] == []
