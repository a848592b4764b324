"""The one API: who may call it, and how it refuses. Rooms add their routers in `urls.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyCookie, HttpBearer

from handfast.foundation.api.bodies import PlainJson, RequestRefused
from handfast.foundation.refusals import FieldsRefused, NotSeen
from handfast.foundation.web.refusing import as_problem
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor


class NotSignedIn(Refusal):
    """Nobody acts: neither a session nor a token that holds."""

    code = "not-signed-in"
    status = 401


class SessionCookie(APIKeyCookie):
    """The session of a page; changes need the CSRF token too, as ninja asks of every cookie."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, _key: str | None) -> Actor | None:
        return None if _has_token(request) else getattr(request, "actor", None)


class Token(HttpBearer):
    """`Authorization: Bearer …`, a token of a membership; the people's middleware has looked it up."""

    def authenticate(self, request: HttpRequest, _token: str) -> Actor | None:
        return getattr(request, "actor", None)


def _has_token(request: HttpRequest) -> bool:
    return request.headers.get("Authorization", "").startswith("Bearer ")


def make_api() -> NinjaAPI:
    """The API with its doors; built once, in `urls.py`."""
    api = NinjaAPI(
        title="Handfast",
        version="1",
        description="Every query and action of the house. Refusals are problem+json with a stable code.",
        auth=[Token(), SessionCookie()],
        docs_url=None,
        openapi_url="/openapi.json",
        urls_namespace="api",
        parser=PlainJson(),
    )

    def refused(_: HttpRequest, refusal: Refusal | type[Refusal]) -> HttpResponse:
        return as_problem(refusal if isinstance(refusal, Refusal) else refusal())

    def invalid(_: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
        faults: list[dict[str, Any]] = error.errors if isinstance(error, ValidationError) else []
        fields = [(".".join(map(str, one["loc"][1:])), str(one["msg"])) for one in faults]
        return as_problem(FieldsRefused("the request has values that cannot be taken", fields))

    def unread(_: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
        if isinstance(error, HttpError) and isinstance(error.__cause__, Refusal):
            return as_problem(error.__cause__)  # the library wraps whatever its parser raises
        return as_problem(RequestRefused(str(error), getattr(error, "status_code", 400)))

    api.add_exception_handler(Refusal, refused)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(
        AuthenticationError, lambda _r, _e: as_problem(NotSignedIn("sign in, or send a token that holds"))
    )
    api.add_exception_handler(Http404, lambda _r, _e: as_problem(NotSeen()))
    api.add_exception_handler(HttpError, unread)
    return api
