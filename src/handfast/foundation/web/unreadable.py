"""Requests that cannot be read: what Django raises for them becomes a refusal, as a page or problem+json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.views.defaults import page_not_found, server_error

from handfast.foundation.refusals import NotSeen, status_of, title_of
from handfast.foundation.web.refusing import API, as_problem
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 2**20
HTTPS_PORT = 443


class RequestTooLarge(Refusal):
    """A request with more in its fields than any form holds."""

    code = "request-too-large"
    status = 413


class RequestUnreadable(Refusal):
    """A request whose address or body is not what any page takes."""

    code = "request-unreadable"
    status = 400


class RequestCutOff(Refusal):
    """A request that ended before all of it was here."""

    code = "request-cut-off"
    status = 400


class LengthMissing(Refusal):
    """A body whose length is not said before it comes."""

    code = "length-missing"
    status = 411


class HostUnknown(Refusal):
    """A request that was meant for another address than this installation's."""

    code = "host-unknown"
    status = 400


class MethodRefused(Refusal):
    """An operation asked by a method that it does not have."""

    code = "method-refused"
    status = 405


class ReadableMiddleware:
    """The first look at a request: what no database and no page can hold is refused before anybody reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = _fault_of(request)
        answer = said_plainly(request, refusal) if refusal else self.get_response(request)
        is_bare = answer.status_code == MethodRefused.status and request.path.startswith(API)
        return _with_methods(answer) if is_bare else answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django takes a connection that broke off for a fault of ours."""
        return unreadable(request, exception) if isinstance(exception, UnreadablePostError) else None


def _fault_of(request: HttpRequest) -> Refusal | None:
    told = request.META
    if settings.HANDFAST_MODE == "production" and request.get_host().lower() not in _own_names():
        return refusal_of(
            DisallowedHost()
        )  # the right name with another port would stand in the links of mails
    if "\x00" in request.path_info or any("\x00" in text for text in _query_of(request)):
        return RequestUnreadable("a zero character stands in the address: open the page from a link of ours")
    if any("\x00" in text for text in request.COOKIES.values()):
        return RequestUnreadable("a zero character stands in a cookie: delete the cookies of this address")
    if told.get("HTTP_TRANSFER_ENCODING") and not told.get("CONTENT_LENGTH"):
        return LengthMissing("say with Content-Length how long the body is; bodies in chunks are not taken")
    return None


def _own_names() -> tuple[str, ...]:
    """How a browser may name this installation: the port of https is left out, or said by some proxies."""
    name = settings.HANDFAST_ADDRESS.partition("://")[2]
    return (name,) if name.rpartition(":")[2].isdigit() else (name, f"{name}:{HTTPS_PORT}")


def _query_of(request: HttpRequest) -> list[str]:
    """Every name and value of the address; what has too many of them is refused where it is read."""
    try:
        return [text for name, values in request.GET.lists() for text in (name, *values)]
    except SuspiciousOperation:
        return []


def _with_methods(answer: HttpResponse) -> HttpResponse:
    """The library's bare 405 as problem+json, still naming the methods."""
    allowed = answer.headers.get("Allow", "")
    problem = as_problem(MethodRefused(f"this address takes {allowed or 'other methods'}"))
    problem["Allow"] = allowed
    return problem


def refusal_of(fault: object) -> Refusal:
    """What the person is told of something that Django could not read."""
    match fault:
        case DisallowedHost():
            made: Refusal = HostUnknown(f"this installation answers at {settings.HANDFAST_ADDRESS} alone")
        case RequestDataTooBig():
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MIB
            made = RequestTooLarge(
                f"more was sent than is taken here: at most {most} MiB, and files only where a page asks for one"
            )
        case TooManyFieldsSent():
            most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            made = RequestTooLarge(f"the request has more than {most:,} fields: send less at once")
        case TooManyFilesSent():
            most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
            made = RequestTooLarge(f"the request has more than {most} files: send them one after the other")
        case UnreadablePostError():
            made = RequestCutOff("the connection broke off before the request was here: send it again")
        case MultiPartParserError() | BadRequest():
            made = RequestUnreadable(
                "the form that was sent cannot be read: open its page again and send it once more"
            )
        case _:
            made = RequestUnreadable("something in the address or in the form is not what this page takes")
    return made


def said_plainly(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal without anything that asks who acts: it may stand before all that knows."""
    if request.path.startswith(API):
        return as_problem(refusal)
    context = {"code": refusal.code, "heading": title_of(refusal), "said": str(refusal)}
    return HttpResponse(render_to_string("400.html", context), status=status_of(refusal))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request that Django could not read."""
    return said_plainly(request, refusal_of(exception))


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer where nothing stands."""
    return as_problem(NotSeen()) if request.path.startswith(API) else page_not_found(request, exception)


def faulty(request: HttpRequest) -> HttpResponse:
    """The answer to a fault of ours; what it was stands in the log alone."""
    if not request.path.startswith(API):
        return server_error(request)
    said = "nothing was changed; the fault was written down for whoever keeps this installation"
    told = {
        "type": "urn:handfast:fault",
        "title": "A fault of ours",
        "status": 500,
        "detail": said,
        "code": "fault",
    }
    return JsonResponse(told, status=500, content_type="application/problem+json")
