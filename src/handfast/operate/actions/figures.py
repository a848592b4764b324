"""Bring in a sheet of figures as they were reported, and take it back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import rfc8785

from handfast.foundation.actions import action
from handfast.foundation.texts import NAME_LENGTH
from handfast.operate.models import FigureSheet
from handfast.operate.permissions import may_bring_in_figures, may_withdraw_sheet
from handfast.operate.queries.figures import standing_figures
from handfast.operate.refusals import FiguresRefused, FiguresStand, SheetWithdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor
    from handfast.operate.reading.figures import Row


@action(permits=may_bring_in_figures, records="figure_sheet.brought_in")
def bring_in_figures(
    actor: Actor, agreement: Agreement, /, *, side: str, name: str, rows: Sequence[Row], at: datetime
) -> FigureSheet:
    """Keep the figures of a whole sheet, or none: one that is refused refuses all. Raises FiguresRefused, FiguresStand.

    The agreement is locked and what stands is asked again, so that of two who confirm the same sheet one brings it in.
    """
    if refused := [one for one in rows if one.faults]:
        told = "; ".join(f"row {one.number}: {one.why}" for one in refused[:3])
        raise FiguresRefused(
            f"{len(refused)} of {len(rows)} rows are refused, so none is kept: {told}", refused[0].faults
        )
    standing = standing_figures(agreement)
    fresh = [one.figure for one in rows if one.figure and standing.get(one.figure.subject) != one.figure]
    if not fresh:
        raise FiguresStand("every figure of the sheet stands already: nothing was written")
    figures = [one.as_plain() for one in sorted(fresh, key=lambda one: one.subject)]
    last = FigureSheet.objects.filter(agreement=agreement).order_by("number").last()
    made: FigureSheet = FigureSheet.objects.create(
        space_id=agreement.space_id,
        agreement=agreement,
        number=last.number + 1 if last else 1,
        name=name[:NAME_LENGTH],
        figures=figures,
        digest=hashlib.sha256(rfc8785.dumps(figures)).hexdigest(),
        brought_at=at,
        brought_by_id=actor.person,
        brought_for_id=actor.organisation,
        brought_side=side,
    )
    return made


@action(permits=may_withdraw_sheet, records="figure_sheet.withdrawn")
def withdraw_sheet(actor: Actor, sheet: FigureSheet, /, *, at: datetime) -> FigureSheet:
    """Take a sheet back; what an earlier one told of the same months stands again. Raises SheetWithdrawn."""
    if sheet.withdrawn_at is not None:
        raise SheetWithdrawn("this sheet was withdrawn before")
    sheet.withdrawn_at, sheet.withdrawn_by_id = at, actor.person
    sheet.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    return sheet
