"""The reader's language: chosen in the account, else as the browser asks; a page speaks it only when it was translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.cache import patch_vary_headers

from handfast.foundation.languages import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LIBRARY = (
    "allauth."  # its pages, of signing in, wear our templates and bring their own words in every language
)


class SpeakingMiddleware:
    """Sets `request.reader_language`; what was not translated runs in English as a whole, its dates and refusals too.

    A half-translated page reads worse than an English one, and tells a screen reader the wrong voice.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reader_language = language_of(request)  # type: ignore[attr-defined]  # read by the frame
        with translation.override(DEFAULT):
            response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _given: object
    ) -> None:
        """Speak the reader's language where the page was translated."""
        if getattr(view, "is_spoken", False) or view.__module__.startswith(LIBRARY):
            translation.activate(request.reader_language)  # type: ignore[attr-defined]  # set above


def language_of(request: HttpRequest) -> str:
    """The language of the person's account; of the browser, for strangers and for who leaves it to the browser."""
    chosen = getattr(request.user, "language", "")
    return chosen or translation.get_language_from_request(request)
