"""The operation that tells a person what is held of them. Annotations are values here: ninja reads them."""

from typing import Any

from ninja import Router

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.journeys.queries.own_data import own_data

router = Router(tags=["journeys"])


@router.get("/me/data", response=dict[str, Any])
def show_own_data(request: ActorRequest) -> dict[str, Any]:
    """Every row within reach that carries me. Only a session is told: a token that leaked is no person."""
    if "Authorization" in request.headers:
        raise NotPermitted("a token is not told what is held of its person: sign in")
    return own_data(request.actor, at=request.at).as_plain()
