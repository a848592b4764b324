"""An engagement's last months as marks, and how sure its plan is, in the portfolio's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.journeys.stages import Standing, day_text
from handfast.kernel.scheduling.chances import share_in_words
from handfast.operate.web.pictures.wording import month_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.journeys.queries.foreseen import Range
    from handfast.journeys.queries.portfolio import LastMonth


def month_marks(months: Sequence[LastMonth]) -> list[dict[str, str]]:
    """The oldest first: the glyph of the worst verdict, and what the month was in words."""
    return [
        {
            "status": Standing(None, one.verdicts).worst,
            "said": f"{month_text(one.statement.period)}: {one.met} of {len(one.verdicts)} met",
        }
        for one in reversed(months)
    ]


def month_words(months: Sequence[LastMonth]) -> str:
    """As in `all met in 4 of 6 months`, with the levels met in each."""
    whole = sum(one.met == len(one.verdicts) for one in months)
    met = ", ".join(f"{one.met}/{len(one.verdicts)}" for one in reversed(months))
    return f"{met} met; all in {whole} of {len(months)} month{'' if len(months) == 1 else 's'}"


def range_words(found: Range | None) -> list[str]:
    """A line each, as in `P50 3 Mar 2026`, `P80 12 Mar 2026`, and the chance of the agreed day; nothing where nothing was simulated."""
    if found is None:
        return []
    said = [f"P50 {day_text(found.p50_on)}", f"P80 {day_text(found.p80_on)}"]
    if found.agreed_on and found.kept is not None:
        said.append(f"agreed {day_text(found.agreed_on)}: {share_in_words(found.kept)}")
    if found.is_stale:
        said.append("simulated before the plan was changed")
    return said
