"""The page of one class, also with a form on it that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse

from handfast.engagement.queries import names_of_sides, party_on
from handfast.foundation.web.doors import ActorRequest, shown
from handfast.foundation.web.instants import both_zones
from handfast.governance.queries.entries import today_in
from handfast.learning.models import Session, Trainee
from handfast.learning.permissions import may_plan_session, may_run_class
from handfast.learning.queries.counting import class_counts
from handfast.learning.queries.keys import class_code, code_of_class
from handfast.learning.queries.matrix import matrix_of
from handfast.learning.queries.overlap import outside_overlap
from handfast.learning.queries.seen import here_on, kept_topics, topics_of
from handfast.learning.web.forms import ClassForm, CodeForm, EnrolForm, PasteForm, SessionForm
from handfast.learning.web.matrix_part import PEOPLE_A_PAGE, shown_matrix

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.learning.models import TrainingClass

OK = 200


def class_page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: TrainingClass, *, form: ClassForm | None = None,
    enrolling: EnrolForm | None = None, paste: PasteForm | None = None, planning: SessionForm | None = None,
    coding: CodeForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    """Its people and how far they are, its sessions, its code, and what can be written down."""
    actor, today, held = request.actor, today_in(deal, request.at), topics_of(found)
    zone = party_on(deal, found.side).zone
    rows = Trainee.objects.filter(training_class=found).select_related("training_class")
    people = Paginator(rows.filter(here_on(today)), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    sessions = list(Session.objects.filter(training_class=found).select_related("topic"))
    outside = outside_overlap(deal, sessions)
    zones = [party_on(deal, side).zone for side in ("client", "provider")]
    counted = class_counts(deal, today, only=found.pk)[0]
    every = kept_topics(deal)
    may_run = may_run_class(actor, found)
    context = {
        "engagement": deal,
        "one": found,
        "party": names_of_sides(deal)[found.side],
        "counted": counted,
        "page": people,
        "left": list(rows.exclude(here_on(today))),
        "held": held,
        **shown_matrix(matrix_of(list(people.object_list), today)),
        "sessions": [(one, both_zones(one.starts_at, zones), outside.get(one.pk, False)) for one in sessions],
        "form": form or ClassForm(topics=every, kept=found, held=held),
        "is_open": form is not None,
        "enrolling": enrolling or EnrolForm(),
        "paste": paste or PasteForm(),
        "planning": planning or SessionForm(topics=held or every, zone=zone),
        "is_planned": planning is not None,
        "coding": coding or CodeForm(),
        "code": code_shown(found, request.at, zones) if may_run else None,
        "may_run": may_run,
        "may_plan": may_plan_session(actor, found),
    }
    return shown(request, "learning/class.html", context, status=status)


def code_shown(found: TrainingClass, at: datetime, zones: list[str]) -> dict[str, str] | None:
    """The code of a class as it is read out, its address, and until when it opens; None where there is none."""
    key = code_of_class(found.pk, at)
    if key is None:
        return None
    code = class_code(key.pk)
    path = reverse("learning:tests", args=[code])
    return {
        "code": code,
        "path": path,
        "url": f"{settings.HANDFAST_ADDRESS}{path}",
        "until": both_zones(key.expires_at, zones),
    }
