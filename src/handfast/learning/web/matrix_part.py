"""The part of a page that shows people and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.learning.web.rows import cell_of

if TYPE_CHECKING:
    from handfast.learning.queries.matrix import Matrix

PEOPLE_A_PAGE = 50


def shown_matrix(matrix: Matrix) -> dict[str, Any]:
    """The matrix in glyphs and words, for the part of a page that shows it."""
    rows = [(one.trainee, [cell_of(each) for each in one.cells]) for one in matrix.rows]
    return {"columns": matrix.topics, "matrix": rows}
