"""What one side cannot do alone: the page that shows what it moves, and asks why, before it is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.web.doors import shown
from handfast.transition.queries.told import day_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.foundation.web.doors import ActorRequest
    from handfast.transition.models import Activity
    from handfast.transition.queries.effects import Effect

REFUSED = 422
LONGEST_REASON = 4000


def reason_of(request: ActorRequest) -> str:
    """Why it is proposed, as far as somebody wrote it; a longer text than a reason is cut, as its field does."""
    return request.POST.get("reason", "").strip()[:LONGEST_REASON]


def ask(request: ActorRequest, activity: Activity, effect: Effect, *, wish: str) -> HttpResponse:
    """The page asks to send the same form again, with the reason."""
    zone = activity.plan.engagement.zone
    kept = [
        (name, said) for name, said in request.POST.items() if name not in ("csrfmiddlewaretoken", "reason")
    ]
    context = {
        "engagement": activity.plan.engagement,
        "activity": activity,
        "wish": wish,
        "kept": kept,
        "moves": [
            {"move": one, "from_on": day_of(one.from_at, zone), "to_on": day_of(one.to_at, zone)}
            for one in effect.moves
        ],
        "most": LONGEST_REASON,
    }
    return shown(request, "transition/ask.html", context, status=REFUSED)
