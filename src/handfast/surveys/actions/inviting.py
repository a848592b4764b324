"""Invite people and addresses to a survey, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import FieldsRefused
from handfast.foundation.texts import line_fault
from handfast.people.actions.persons import checked_address
from handfast.people.models import Person
from handfast.surveys.actions.mailing import ask_these
from handfast.surveys.models import Survey, SurveyInvitation
from handfast.surveys.permissions import may_send_survey
from handfast.surveys.queries.surveys import members_to_ask
from handfast.surveys.reading.said import refused
from handfast.surveys.refusals import SurveyMoved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor

MOST_AT_ONCE, MOST_INVITED = 500, 5_000
LONGEST_GROUP = 60


@action(permits=may_send_survey, records="survey.invited")
def invite_to_survey(
    actor: Actor,
    survey: Survey,
    /,
    *,
    group: str,
    persons: Sequence[UUID],
    emails: Sequence[str],
    at: datetime,
) -> Survey:
    """Invite people of the engagement and addresses, all of one group; whoever is invited already is not asked twice.

    While it is open each is mailed at once. Raises SurveyRefused, SurveyMoved.
    """
    if survey.is_closed or survey.is_by_link:
        raise SurveyMoved(
            f"{survey.name} invites nobody: it is {'closed' if survey.is_closed else 'sent by one link'}"
        )
    group = group.strip()
    if group and (fault := line_fault(group, most=LONGEST_GROUP)):
        raise refused([("group", fault)])
    addresses = _addresses(emails)
    if not 0 < len(persons) + len(addresses) <= MOST_AT_ONCE:
        raise refused([("emails", f"invite 1 to {MOST_AT_ONCE} people at a time")])
    made = _new(survey, group, set(persons), addresses)
    if not made:
        raise refused([("emails", "everybody of them is invited already")])
    if survey.invited_count + len(made) > MOST_INVITED:
        raise refused([("emails", f"a survey invites at most {MOST_INVITED:,} people")])
    SurveyInvitation.objects.bulk_create(made)
    survey.invited_count += len(made)
    survey.version += 1
    survey.save(update_fields=["invited_count", "version"])
    if survey.is_open:
        ask_these(survey, made, at)
    return survey


def _addresses(emails: Sequence[str]) -> list[str]:
    found: list[str] = []
    for number, one in enumerate(emails, start=1):
        if not one.strip():
            continue
        try:
            found.append(checked_address(one))
        except FieldsRefused as wrong:
            raise refused([("emails", f"line {number}: {wrong}")]) from wrong
    return list(dict.fromkeys(found))


def _new(survey: Survey, group: str, persons: set[UUID], addresses: Sequence[str]) -> list[SurveyInvitation]:
    """Those who are not invited yet; an address of somebody who is chosen or invited by name is theirs."""
    here = {one.person_id: one.person.email.lower() for one in members_to_ask(survey)}
    if unknown := persons - here.keys():
        raise refused(
            [
                (
                    "persons",
                    f"{len(unknown)} of them can not be asked: choose people whom the survey's space allows",
                )
            ]
        )
    known = SurveyInvitation.objects.filter(survey=survey)
    asked = set(known.filter(person_id__isnull=False).values_list("person_id", flat=True))
    theirs = Person.objects.filter(pk__in=asked | persons).values_list("email", flat=True)
    invited = set(known.exclude(email="").values_list("email", flat=True))
    mailed = invited | {one.lower() for one in theirs}
    made = [
        SurveyInvitation(space_id=survey.space_id, survey=survey, person_id=one, group=group)
        for one in here
        if one in persons - asked and here[one] not in invited
    ]
    return made + [
        SurveyInvitation(space_id=survey.space_id, survey=survey, email=one, group=group)
        for one in addresses
        if one not in mailed
    ]
