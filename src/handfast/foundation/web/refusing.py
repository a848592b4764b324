"""One place turns a refusal into an answer: a page for people, problem+json for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from handfast.foundation.languages import DEFAULT
from handfast.foundation.refusals import problem_of, status_of, title_of
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

API = "/api/"


class RefusalMiddleware:
    """Foreseen refusals become answers with their own status; everything else stays a bug and is logged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_to(request, exception) if isinstance(exception, Refusal) else None


def answer_to(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal, as whoever asked can read it."""
    return as_problem(refusal) if request.path.startswith(API) else as_page(request, refusal)


def as_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a page: what and why, the way on, and the stable code. In English, as refusals are written."""
    context = {
        "code": refusal.code,
        "heading": title_of(refusal),
        "said": str(refusal),
        "fields": getattr(refusal, "fields", ()),
        "back": request.path,
    }
    with translation.override(DEFAULT):
        return render(request, "foundation/refused.html", context, status=status_of(refusal))


def as_problem(refusal: Refusal) -> HttpResponse:
    """The refusal as problem+json."""
    return JsonResponse(
        problem_of(refusal), status=status_of(refusal), content_type="application/problem+json"
    )
