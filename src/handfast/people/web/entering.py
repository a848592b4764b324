"""Every request enters with a reach: of the session's organisation, of a token's membership, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from handfast.foundation.scope import Reach, entered
from handfast.foundation.sight import watched
from handfast.people.actions.memberships import note_visit
from handfast.people.actions.tokens import note_use
from handfast.people.queries import actor_of, as_both_see, memberships_open_to, token_in_force
from handfast.people.web.auditing import note_access
from handfast.people.web.company.entered import issuers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from handfast.foundation.actor import Actor

ORGANISATION = "organisation"
PREVIEW = "preview"  # in a session: the engagement that is shown as both sides see it
BEARER = "Bearer "
LINKS = (
    "/join/",
    "/feeds/",
    "/decide/",
    "/answer/",
    "/learn/",
)  # of an invitation, a calendar feed, a decision, a survey and a class: their doors read the secret in the address


class ReachMiddleware:
    """Sets `request.actor` (None for strangers) and `request.at`; what was ended a moment ago reaches nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]  # read by every door
        if request.path.startswith(LINKS):  # their doors enter a reach; until then the fence refuses
            request.actor = None  # type: ignore[attr-defined]  # as above
            return self.get_response(request)
        request.actor = actor = _actor_of(request)  # type: ignore[attr-defined]  # as above
        if token := getattr(request, "token", None):
            note_use(token, request.at)  # type: ignore[attr-defined]  # set above
        request.reach_now = lambda: _reach_of(_actor_of(request))  # type: ignore[attr-defined]  # asked while an export runs
        with entered(_reach_of(actor)), watched() as seen:
            response = self.get_response(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()  # within the reach, like everything that reads
        note_access(request, response.status_code, seen)
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, given: dict[str, object]
    ) -> None:
        """Whoever opens a page of an engagement was seen there; a program was not."""
        actor: Actor | None = getattr(request, "actor", None)
        for one in getattr(request, "memberships", ()):
            if (
                actor
                and one.organisation_id == actor.organisation
                and one.engagement_id == given.get("engagement")
            ):
                note_visit(one, request.at)  # type: ignore[attr-defined]  # set above


def _reach_of(actor: Actor | None) -> Reach:
    return actor.reach if actor else Reach()


def _actor_of(request: HttpRequest) -> Actor | None:
    authorization = request.headers.get("Authorization", "")
    if authorization.startswith(BEARER):
        token = token_in_force(authorization.removeprefix(BEARER).strip(), request.at)  # type: ignore[attr-defined]  # set above
        if token is None:
            return None
        request.token = token  # type: ignore[attr-defined]  # that it was used is noted once a request
        member = token.membership
        return actor_of(member.person, member.organisation_id, [member])
    person = request.user
    if not person.is_authenticated or not person.is_active:
        return None
    mine = memberships_open_to(person.pk, issuers_of(request, person))
    chosen = request.session.get(ORGANISATION)
    known = [one.organisation_id for one in mine]
    organisation = UUID(chosen) if chosen else None
    if organisation not in known:
        organisation = known[0] if known else None
    request.memberships = mine  # type: ignore[attr-defined]  # shown by the frame, asked once
    actor = actor_of(person, organisation, mine, at=request.at)  # type: ignore[attr-defined]  # set above
    shown = request.session.get(PREVIEW)
    is_preview = shown is not None and UUID(shown) in actor.capabilities
    request.preview_for = organisation if is_preview else None  # type: ignore[attr-defined]  # said by the frame
    return as_both_see(actor, UUID(shown)) if is_preview else actor
