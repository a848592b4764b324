"""One session of one's own ends."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from handfast.foundation.web.doors import ActorRequest, page
from handfast.people.actions.sessions import end_session
from handfast.people.queries import session_seen_by


@page("POST", is_spoken=True)
def end(request: ActorRequest, session: str) -> HttpResponse:
    """At once: the next request of that browser is a stranger's. To end this one is to sign out."""
    found = session_seen_by(request.actor, session)
    is_this = found.session_key == request.session.session_key
    end_session(request.actor, found)
    if is_this:
        logout(request)
        return redirect("account_login")
    messages.success(request, _("That browser is signed out."))
    return redirect("people:account")
