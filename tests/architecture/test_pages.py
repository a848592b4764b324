"""The generated pages say what they were made from, all of it."""

from __future__ import annotations

from typing import Annotated

import typer
from tools.house.refusals import RefusalClass
from tools.pages.commands import commands_page
from tools.pages.glossary import glossary_page
from tools.pages.refusals import refusals_page

GLOSSARY = """
terms:
  - {term: user, definition: Who receives the service, source: ITIL}
  - {term: Agent, also: [associate], definition: Who serves., source: practice, note: not the program}
sources: [practice]
"""


def test_glossary_stands_in_the_order_of_the_alphabet_with_every_part_of_a_term() -> None:
    page = glossary_page(GLOSSARY)
    assert page.index(
        "## Agent\n\nWho serves.\nAlso: associate.\nNote: not the program.\nSource: practice.\n"
    ) < (page.index("## user\n\nWho receives the service.\nSource: ITIL.\n"))
    assert "2 terms" in page


def test_refusal_stands_in_one_row_with_its_class() -> None:
    refusal = RefusalClass("TooLate", "too-late", "It is late | too late.", "src/handfast/kernel/clock.py", 3)
    row = "| `too-late` | It is late \\| too late. | `handfast.kernel.clock.TooLate` |"
    assert refusals_page([refusal]).splitlines()[-1] == row


def sample() -> typer.Typer:
    app = typer.Typer()

    @app.command("count")
    def count(
        terms: Annotated[str, typer.Argument(metavar="TERMS.yaml", help="The terms.")],
        rows: Annotated[list[str], typer.Argument(metavar="ROWS...")],
        period: Annotated[str, typer.Option("--period", help="The month.")],
        engine: Annotated[str, typer.Option("--engine", envvar="ENGINE", help="Which one.")] = "duckdb",
        is_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    ) -> None:
        """Count the rows."""

    @app.command("other")
    def other(hidden: Annotated[bool, typer.Option("--hidden", hidden=True)] = False) -> None:
        """Do nothing."""

    return app


def test_command_stands_with_its_arguments_and_options() -> None:
    page = commands_page(sample())
    for line in (
        "Count the rows.",
        "handfast count TERMS.yaml ROWS... --period PERIOD [OPTIONS]",
        "| `TERMS.yaml` | The terms. |",
        "| `--engine ENGINE` | Which one. Default: `duckdb`. Also read from `ENGINE`. |",
        "| `--json` | For machines. |",
        "handfast other",
    ):
        assert line in page.splitlines()
    assert "--hidden" not in page
