"""The keys that do something, on one page; `?` opens it over any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.foundation.web.doors import ActorRequest, page, shown

if TYPE_CHECKING:
    from django.http import HttpResponse

# Where keys work, and what each of them does.
KEYS = (
    (
        "Everywhere",
        (
            (("Ctrl", "K"), "search, or jump to a page; on a Mac with Cmd"),
            (("Esc",), "close what lies over the page"),
            (("?",), "these keys"),
        ),
    ),
    (
        "In a list",
        (
            (("J",), "the next line"),
            (("K",), "the line before"),
            (("Enter",), "open the line"),
            (("X",), "tick the line"),
            (("E",), "edit the line where it stands; Enter saves, Esc leaves"),
            (("F",), "filter"),
            (("C",), "write a new one"),
        ),
    ),
    (
        "In the search",
        ((("↓", "↑"), "the next hit, the one before"), (("Enter",), "go there")),
    ),
)


@page("GET")
def keys(request: ActorRequest) -> HttpResponse:
    """All keys by where they work, and the switch that turns those of one letter off."""
    return shown(request, "journeys/keys.html", {"groups": KEYS, "home_url": reverse("journeys:home")})
