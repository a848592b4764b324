"""Which part of a long answer is asked for: numbers that every database can count to."""

from typing import Annotated

from ninja import Field, Query, Schema
from ninja.pagination import LimitOffsetPagination

MOST_ROWS = 500
FARTHEST = 1_000_000_000
Page = Annotated[int, Query(ge=1, le=1_000_000)]


class BoundedPagination(LimitOffsetPagination):
    """The library's, which lets through what no database can read."""

    class Input(Schema):
        """From which row, and how many."""

        limit: int = Field(100, ge=1, le=MOST_ROWS)
        offset: int = Field(0, ge=0, le=FARTHEST)
