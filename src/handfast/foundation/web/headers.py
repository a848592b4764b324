"""Headers of every answer that Django has no setting for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

REFUSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES)


def unseen(answer: HttpResponse) -> HttpResponse:
    """An answer behind a secret in its address: kept by nobody on the way, found by no search, and in no log."""
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django's mark
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    return answer


class PolicyHeaders:
    """Asks the browser for none of its features, and keeps other sites from loading our answers.

    What says nothing of being kept is kept nowhere: after somebody signed out, the way back shows nothing of theirs.
    Styles, scripts and pictures say for themselves how long they last.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
