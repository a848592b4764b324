"""Keeps when a session was last seen, now and then: a page that is only read writes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

NOTED_EVERY = timedelta(minutes=5)


class SeenMiddleware:
    """In the place of the library's, which writes at every request and so takes the write lock for every page.

    A session that is not known yet, or comes from another browser, address or person, is noted at once. One that
    was ended has no row and no session: ending it works at the next request, whenever it was last noted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_signed_in = request.user.is_authenticated and request.session.session_key
        if is_signed_in and _is_due(request, timezone.now()):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


def _is_due(request: HttpRequest, at: datetime) -> bool:
    noted = UserSession.objects.filter(session_key=request.session.session_key).first()
    if noted is None or noted.last_seen_at <= at - NOTED_EVERY:
        return True
    fields = UserSession._meta  # noqa: SLF001 - Django's own way to a model's fields
    browser = request.headers.get("User-Agent", "")[: fields.get_field("user_agent").max_length]
    address = fields.get_field("ip").to_python(get_adapter().get_client_ip(request))
    return (noted.user_id, noted.ip, noted.user_agent) != (request.user.pk, address, browser)
