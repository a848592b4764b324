"""Writes the generated pages of docs/ (--write), or names the pages out of date and the links that lead nowhere (--check)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tools.house.documents import link_faults
from tools.house.refusals import refusal_classes
from tools.house.tree import ROOT, sources, texts
from tools.pages.checks import checks_page
from tools.pages.commands import commands_page
from tools.pages.glossary import MADE_FROM, glossary_page
from tools.pages.lint import EXAMPLES, lint_page
from tools.pages.refusals import refusals_page
from tools.pages.terms import plan_page, terms_page

from handfast.cli.app import app
from handfast.cli.schema import Kind, schema_of
from handfast.journeys.health.catalogue import CHECKS
from handfast.kernel.servicelevels.linter import RULES

if TYPE_CHECKING:
    from pathlib import Path


def pages() -> dict[Path, str]:
    """Every generated page as it should stand."""
    return {
        ROOT / "docs/glossary.md": glossary_page((ROOT / MADE_FROM).read_text("utf-8")),
        ROOT / "docs/reference/refusals.md": refusals_page(refusal_classes(sources("src"))),
        ROOT / "docs/reference/commands.md": commands_page(app),
        ROOT / "docs/reference/terms.md": terms_page(schema_of(Kind.terms)),
        ROOT / "docs/reference/plan.md": plan_page(schema_of(Kind.plan)),
        ROOT / "docs/reference/health-checks.md": checks_page(CHECKS.values()),
        ROOT / "docs/reference/lint.md": lint_page(RULES, (ROOT / EXAMPLES).read_text("utf-8")),
    }


def stale_pages(wanted: dict[Path, str]) -> list[str]:
    """Pages that are absent or say something else."""
    return [
        f"{path.name}:1: out of date: run `make docs` and commit the page"
        for path, text in wanted.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]


def main(wanted: list[str]) -> int:
    """Write the pages, or check pages and links."""
    if wanted == ["--write"]:
        for path, text in pages().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return 0
    if wanted != ["--check"]:
        print("say --write or --check", file=sys.stderr)
        return 2
    faults = stale_pages(pages())
    for page, text in texts(".md"):
        faults += link_faults(page, text, ROOT)
    print("\n".join(faults) or "every generated page is current, every link leads somewhere")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
