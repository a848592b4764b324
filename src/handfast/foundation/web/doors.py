"""The door of a page: the method first, then who acts, then the view; refusals become pages."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handfast.foundation.actor import Actor

Given = ParamSpec("Given")
OPEN_VIEWS: set[Callable[..., Any]] = set()


class ActorRequest(HttpRequest):
    """A request of somebody signed in: `actor` acts, at the instant `at`. Set by the people's middleware."""

    actor: Actor
    at: datetime


def page(
    *methods: str,
    is_spoken: bool = False,
) -> Callable[
    [Callable[Concatenate[ActorRequest, Given], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, Given], HttpResponseBase],
]:
    """Make a view of a function: 405 for other methods, sign-in for strangers, then the view with its actor.

    `is_spoken` where the page was translated: it speaks the reader's language, all others speak English.
    """
    allowed = methods or ("GET", "HEAD")

    def made(
        view: Callable[Concatenate[ActorRequest, Given], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, Given], HttpResponseBase]:
        @functools.wraps(view)
        def door(request: HttpRequest, /, *args: Given.args, **given: Given.kwargs) -> HttpResponseBase:
            if request.method not in allowed and not (request.method == "HEAD" and "GET" in allowed):
                return HttpResponseNotAllowed(allowed)
            if getattr(request, "actor", None) is None:
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **given)  # type: ignore[arg-type]  # the middleware has set actor and at

        door.is_spoken = is_spoken  # type: ignore[attr-defined]  # read by the middleware that chooses the language
        return door

    return made


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page and not for all of it."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """The page, or for htmx only the template named as its fragment; a fragment is never cached as the page."""
    name = fragment if fragment and is_fragment(request) else template
    response = TemplateResponse(request, name, context, status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response
