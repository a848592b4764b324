"""Shows every part of the pages in every state, to look at and to test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

STANDINGS = (
    ("met", "Met", "filled circle, check"),
    ("running", "Running", "ring, share as a pie"),
    ("risk", "At risk", "filled triangle, mark"),
    ("missed", "Missed", "filled square, cross"),
    ("waived", "Waived", "broken ring, clock hand"),
    ("open", "Open", "plain ring"),
    ("not-yet", "Not yet", "dotted ring"),
    ("no-data", "No data", "ring, dash: never 0 %"),
    ("passed", "Passed", "filled diamond"),
    ("gate", "Gate", "hollow diamond"),
)


def styleguide(request: HttpRequest) -> HttpResponse:
    """The page of parts; it holds no data, so anybody may see it."""
    return render(request, "foundation/styleguide.html", {"standings": STANDINGS})
