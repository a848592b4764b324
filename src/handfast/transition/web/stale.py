"""A form that was opened before somebody else changed the same activity: both versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from handfast.foundation.models import Contents
from handfast.foundation.web.doors import shown
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from handfast.foundation.web.doors import ActorRequest
    from handfast.transition.models import Activity

CONFLICT = 409
UNTOLD = frozenset({"as_seen", "reason"})


@dataclass(frozen=True, slots=True)
class Differing:
    """A field with what the form says and what stands in the plan now."""

    name: str
    mine: str
    now: str


def is_stale(found: Activity, form: Form) -> bool:
    """Whether the form was opened on an older version."""
    as_seen = form.cleaned_data["as_seen"]
    return bool(as_seen) and as_seen != found.seen_as


def stale_answer(request: ActorRequest, found: Activity, form: Form, *, again: str) -> HttpResponse:
    """Both versions; nothing is saved. `again` names the page that takes the form anew."""
    said = form.cleaned_data
    lines = [
        Differing(
            str(form.fields[name].label or name), _written(said[name], form, name), _written(now, form, name)
        )
        for name in said
        if name not in UNTOLD and (now := getattr(found, name)) != said[name]
    ]
    last = Contents.objects.filter(space_id=found.space_id, subject_id=found.pk).order_by("-at").first()
    person = last.person_id if last else None
    context = {
        "engagement": found.plan.engagement,
        "activity": found,
        "lines": lines,
        "who": names_seen_by(request.actor, [person]).get(person, "Somebody") if person else "Somebody",
        "fields": [(name, _sent(value)) for name, value in said.items() if name != "as_seen"],
        "again": again,
        "zoom": request.POST.get("zoom", ""),
    }
    return shown(request, "transition/conflict.html", context, status=CONFLICT)


def _sent(value: Any) -> str:
    return "" if value is None else str(value)


def _written(value: Any, form: Form, name: str) -> str:
    """A value as people read it: a choice by its words, a day as a day."""
    choices = dict(getattr(form.fields[name], "choices", ()))
    if str(value or "") in choices:
        return str(choices[str(value or "")])
    if isinstance(value, date):
        return f"{value:%a} {value.day} {value:%b %Y}"
    return str(value) if value else "none"
