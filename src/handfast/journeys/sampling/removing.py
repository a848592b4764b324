"""A sample goes as it came: its engagement, spaces, files, persons and organisations, and nothing else.

This is the one change that no journal tells of: the journals are what goes. It is not an action for that reason, and
touches only what was loaded as a sample. Only organisations of samples are ever in a sample, so nobody real loses an
entry, and no real organisation has a space in which one would belong (decision 12). The installation's log keeps who
asked for it.
"""

from __future__ import annotations

import logging
import shutil
from contextvars import Context
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from django.db import transaction

from handfast.evidence.files import kept as kept_files
from handfast.foundation.files import staged
from handfast.foundation.models import Audience, Outgoing, Space
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import Reach, entered
from handfast.foundation.walls import spaced_models
from handfast.journeys.models import AnswerKey
from handfast.journeys.permissions import may_remove_sample
from handfast.learning.models import LearningKey
from handfast.packs.files import kept as kept_packs
from handfast.people.models import Feed, Invitation, Membership, Organisation, Person, Token
from handfast.records.files import kept
from handfast.surveys.models import SurveyLink

if TYPE_CHECKING:
    from uuid import UUID

    from django.db import models

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

log = logging.getLogger("handfast.samples")
# Reserved for examples (RFC 2606): nobody real has such an address, so nobody real is ever removed.
SAMPLE_ADDRESS = ".example"


def remove_sample(actor: Actor, engagement: Engagement) -> None:
    """Remove a sample engagement and what is left of nothing else. Raises NotPermitted."""
    if not may_remove_sample(actor, engagement):
        raise NotPermitted("sample removed: only who manages a sample engagement can remove it")
    remove_loaded(engagement.pk)
    log.info("sample %s removed, asked for by person %s", engagement.pk, actor.person)


def remove_loaded(engagement: UUID) -> None:
    """Within a reach of its own, over all spaces of both sides: the actor's reaches one side's only."""
    spaces = Context().run(_remove, engagement)
    for space in spaces:
        shutil.rmtree(kept.folder_of(space), ignore_errors=True)
        shutil.rmtree(kept_files.folder_of(space), ignore_errors=True)
        shutil.rmtree(kept_packs.folder_of(space), ignore_errors=True)
        shutil.rmtree(staged.folder_of(space), ignore_errors=True)


def _remove(engagement: UUID) -> frozenset[UUID]:
    with transaction.atomic():
        here = Membership.objects.filter(engagement_id=engagement)
        own = Organisation.objects.filter(pk__in=here.values("organisation_id"), is_sample=True)
        elsewhere = Membership.objects.exclude(engagement_id=engagement)
        gone = list(own.exclude(pk__in=elsewhere.values("organisation_id")))
        persons = _persons_of(engagement)
        homes = {one.home_space_id for one in gone}
        found = Space.objects.filter(engagement_id=engagement).values_list("pk", flat=True)
        spaces = frozenset(found) | frozenset(homes)
        with entered(Reach(spaces, spaces)):
            for model in dependents_first(spaced_models()):
                model.objects.filter(space_id__in=spaces).delete()  # type: ignore[attr-defined]  # all of them are Spaced
            Token.objects.filter(membership__in=here).delete()
            Feed.objects.filter(membership__in=here).delete()
            AnswerKey.objects.filter(membership__in=here).delete()
            SurveyLink.objects.filter(survey_space_id__in=spaces).delete()
            LearningKey.objects.filter(journal_space_id__in=spaces).delete()
            here.delete()
            Invitation.objects.filter(engagement_id=engagement).delete()
            Outgoing.objects.filter(space_id__in=spaces).delete()
            Audience.objects.filter(space_id__in=spaces).delete()
            _forget(persons)
            Organisation.objects.filter(pk__in=[one.pk for one in gone]).delete()
            Space.objects.filter(pk__in=spaces).delete()
    return spaces


def _persons_of(engagement: UUID) -> list[Person]:
    """The sample's persons who are nowhere else; guests keep their accounts."""
    here = Membership.objects.filter(engagement_id=engagement).values("person_id")
    elsewhere = Membership.objects.exclude(engagement_id=engagement).values("person_id")
    rows = Person.objects.filter(pk__in=here, email__endswith=SAMPLE_ADDRESS)
    return list(rows.exclude(pk__in=elsewhere))


def _forget(persons: list[Person]) -> None:
    """Sessions first: a session of somebody who is gone must open nothing."""
    from allauth.usersessions.models import UserSession  # noqa: PLC0415 - the library is read only once apps are there

    keys = UserSession.objects.filter(user__in=persons).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    Person.objects.filter(pk__in=[one.pk for one in persons]).delete()


def dependents_first(rows: list[type[models.Model]]) -> list[type[models.Model]]:
    """Models in an order in which each may be emptied: what points to it comes before it."""
    ordered: list[type[models.Model]] = []
    waiting = list(rows)
    while waiting:
        free = [
            one for one in waiting if not any(_points(other, one) for other in waiting if other is not one)
        ]
        if not free:
            raise RuntimeError("models point at each other in a circle")
        ordered += free
        waiting = [one for one in waiting if one not in free]
    return ordered


def _points(one: type[models.Model], other: type[models.Model]) -> bool:
    relations = (field for field in one._meta.concrete_fields if field.is_relation)  # noqa: SLF001 - Django's own way to ask
    return any(field.related_model is other for field in relations)
