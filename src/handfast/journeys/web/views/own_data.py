"""What is held of me: counted on a page, and to be taken away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import disposition
from handfast.journeys.queries.own_data import NOT_IN_IT, own_data

if TYPE_CHECKING:
    from typing import Any


@page("GET")
def mine(request: ActorRequest) -> HttpResponse:
    """Each table that carries the person, with its rows counted."""
    _check_session(request)
    context: dict[str, Any] = {"found": own_data(request.actor, at=request.at), "not_in_it": NOT_IN_IT}
    return shown(request, "journeys/own_data.html", context)


@page("GET")
def mine_json(request: ActorRequest) -> HttpResponse:
    """All of it as one file."""
    _check_session(request)
    plain = own_data(request.actor, at=request.at).as_plain()
    answer = HttpResponse(
        json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1),
        content_type="application/json",
    )
    answer["Content-Disposition"] = disposition("my-data", "json")
    answer["Cache-Control"] = "no-store"
    return answer


def _check_session(request: ActorRequest) -> None:
    """A token that leaked is no person. Raises NotPermitted."""
    if "Authorization" in request.headers:
        raise NotPermitted("a token is not told what is held of its person: sign in")
