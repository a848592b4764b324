"""Makes docs/reference/refusals.md from the refusal classes of the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.house.refusals import RefusalClass


def refusals_page(refusals: Iterable[RefusalClass]) -> str:
    """One row a code: what is refused, and by which class."""
    lines = [
        "# Refusals",
        "",
        "What Handfast foresees and refuses. The command line prints `refused (CODE): …` and ends with exit code 2;",
        "the message names the file, the line or row, the field, what is wrong and what to do. A code never changes.",
        "",
        "Made by `make docs` from the classes; edit their docstrings, not this page.",
        "",
        "| code | what is refused | class |",
        "|---|---|---|",
    ]
    for refusal in refusals:
        module = refusal.place.removeprefix("src/").removesuffix(".py").replace("/", ".")
        meaning = refusal.meaning.replace("|", "\\|")
        lines.append(f"| `{refusal.code}` | {meaning} | `{module}.{refusal.name}` |")
    return "\n".join(lines) + "\n"
