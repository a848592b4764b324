"""The operations of contracts: every query and action of the room."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from handfast.contract.actions import (
    agree_terms,
    decline_terms,
    draft_terms,
    make_agreement,
    propose_terms,
    put_in_force_alone,
    save_draft,
    withdraw_terms,
)
from handfast.contract.api.milestones import router as milestones
from handfast.contract.api.schemas import (
    AgreementIn,
    AgreementOut,
    CalendarYearOut,
    CheckedTermsOut,
    ConfirmationIn,
    DeclineTermsIn,
    DraftIn,
    ProposalIn,
    StretchOut,
    TermsDifferenceOut,
    TermsDraftOut,
    TextIn,
    VersionOut,
    WithdrawalIn,
)
from handfast.contract.api.summaries import router as summaries
from handfast.contract.models import Agreement, TermsDraft, TermsVersion
from handfast.contract.permissions import may_receive_terms
from handfast.contract.queries import (
    agreement_seen_by,
    agreements_seen_by,
    annex_of,
    draft_of,
    draft_seen_by,
    parsed_terms,
    sides_of,
    terms_in_force,
    version_seen_by,
    versions_seen_by,
)
from handfast.contract.reading.checking import Checked, checked, prepared
from handfast.contract.reading.differing import Difference, difference
from handfast.contract.reading.wording import VersionWords, words_of
from handfast.contract.reading.year import Year, year_of
from handfast.contract.refusals import NoSuchYear
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest
from handfast.people.queries import own_space_of

router = Router(tags=["contract"])
router.add_router("", milestones)
router.add_router("", summaries)
ONE = "/agreements/{uuid:agreement}"
VERSION = f"{ONE}/versions/{{int:number}}"


@router.get("/engagements/{uuid:engagement}/agreements", response=list[AgreementOut])
def list_agreements(request: ActorRequest, engagement: UUID) -> list[Agreement]:
    engagement_seen_by(request.actor, engagement)
    return list(agreements_seen_by(request.actor, engagement))


@router.post("/engagements/{uuid:engagement}/agreements", response={201: AgreementOut})
def post_agreement(request: ActorRequest, engagement: UUID, given: AgreementIn) -> Status[Agreement]:
    deal = engagement_seen_by(request.actor, engagement)
    return Status(201, make_agreement(request.actor, deal, **given.dict(), at=request.at))


@router.get(ONE, response=AgreementOut)
def show_agreement(request: ActorRequest, agreement: UUID) -> Agreement:
    return agreement_seen_by(request.actor, agreement)


@router.get(f"{ONE}/draft", response=TermsDraftOut)
def show_draft(request: ActorRequest, agreement: UUID) -> TermsDraft:
    return draft_seen_by(request.actor, agreement_seen_by(request.actor, agreement))


@router.put(f"{ONE}/draft", response=TermsDraftOut)
def put_draft(request: ActorRequest, agreement: UUID, given: DraftIn) -> TermsDraft:
    """Begin the draft, or replace its text: then `as_seen` must be the digest of the text that was read."""
    found = agreement_seen_by(request.actor, agreement)
    mine = draft_of(request.actor, found)
    if mine is None:
        space = own_space_of(request.actor, found.engagement_id)
        return draft_terms(request.actor, space, agreement=found, text=given.text, based_on=0, at=request.at)
    if given.as_seen is None:
        raise Conflict("there is a draft already: read it, and send its sha256 as as_seen")
    return save_draft(request.actor, mine, text=given.text, at=request.at, as_seen=given.as_seen)


@router.post(f"{ONE}/checks", response=CheckedTermsOut)
def check_terms(request: ActorRequest, agreement: UUID, given: TextIn) -> Checked:
    found = agreement_seen_by(request.actor, agreement)
    if not may_receive_terms(request.actor, found):
        raise NotPermitted("terms drafted: your role does not include it")
    return checked(given.text)


@router.post(f"{ONE}/versions", response={201: VersionOut})
def post_version(request: ActorRequest, agreement: UUID, given: ProposalIn) -> Status[TermsVersion]:
    """Propose the draft of the caller's side."""
    found = agreement_seen_by(request.actor, agreement)
    if not may_receive_terms(request.actor, found):
        raise NotPermitted("terms proposed: your role does not include it")
    mine = draft_seen_by(request.actor, found)
    organisation = request.actor.organisation
    side = sides_of(found.engagement_id).side_of.get(organisation, "") if organisation else ""
    version = propose_terms(
        request.actor, mine, prepared=prepared(mine.text), side=side, at=request.at, as_seen=given.as_seen
    )
    return Status(201, version)


@router.get(f"{ONE}/versions", response=list[VersionOut])
def list_versions(request: ActorRequest, agreement: UUID) -> list[TermsVersion]:
    return list(versions_seen_by(request.actor, agreement_seen_by(request.actor, agreement).pk))


@router.get(f"{ONE}/terms", response=VersionOut)
def show_terms_in_force(request: ActorRequest, agreement: UUID) -> TermsVersion:
    """The version in force now."""
    found = terms_in_force(agreement_seen_by(request.actor, agreement))
    if found is None:
        raise NotSeen("no terms are in force yet")
    return found


@router.get(VERSION, response=VersionOut)
def show_version(request: ActorRequest, agreement: UUID, number: int) -> TermsVersion:
    return version_seen_by(request.actor, agreement, number)


@router.get(f"{VERSION}/levels", response=list[StretchOut])
def show_levels(request: ActorRequest, agreement: UUID, number: int) -> tuple[VersionWords, ...]:
    return words_of(parsed_terms(version_seen_by(request.actor, agreement, number)))


@router.get(f"{VERSION}/terms.yaml", response={200: str})
def get_text(request: ActorRequest, agreement: UUID, number: int) -> HttpResponse:
    one = version_seen_by(request.actor, agreement, number)
    return HttpResponse(one.text.encode(), content_type="application/yaml; charset=utf-8")


@router.get(f"{VERSION}/annex.json", response={200: dict})
def get_annex(request: ActorRequest, agreement: UUID, number: int) -> HttpResponse:
    one = version_seen_by(request.actor, agreement, number)
    return HttpResponse(one.annex.encode(), content_type="application/json; charset=utf-8")


@router.get(f"{VERSION}/calendar", response=CalendarYearOut)
def show_year(request: ActorRequest, agreement: UUID, number: int, calendar: str, year: int) -> Year:
    one = version_seen_by(request.actor, agreement, number)
    written, annex = parsed_terms(one).calendars(), annex_of(one)
    if calendar not in annex.calendars or calendar not in written:
        raise NoSuchYear(f"the annex holds no calendar {calendar[:60]!r}")
    return year_of(annex.calendars[calendar], written[calendar], year)


@router.get(f"{ONE}/difference", response=TermsDifferenceOut)
def show_difference(request: ActorRequest, agreement: UUID, before: int, after: int) -> Difference:
    old, new = (version_seen_by(request.actor, agreement, number) for number in (before, after))
    return difference(old.text, new.text)


@router.post(f"{VERSION}/agreement", response=VersionOut)
def post_consent(request: ActorRequest, agreement: UUID, number: int, given: ConfirmationIn) -> TermsVersion:
    one = version_seen_by(request.actor, agreement, number)
    return agree_terms(request.actor, one, typed=given.typed, at=request.at, as_seen=given.as_seen)


@router.post(f"{VERSION}/refusal", response=VersionOut)
def post_refusal(request: ActorRequest, agreement: UUID, number: int, given: DeclineTermsIn) -> TermsVersion:
    one = version_seen_by(request.actor, agreement, number)
    return decline_terms(request.actor, one, reason=given.reason, at=request.at, as_seen=given.as_seen)


@router.post(f"{VERSION}/withdrawal", response=VersionOut)
def post_withdrawal(request: ActorRequest, agreement: UUID, number: int, given: WithdrawalIn) -> TermsVersion:
    one = version_seen_by(request.actor, agreement, number)
    return withdraw_terms(request.actor, one, at=request.at, as_seen=given.as_seen)


@router.post(f"{VERSION}/in-force-alone", response=VersionOut)
def post_alone(request: ActorRequest, agreement: UUID, number: int, given: ConfirmationIn) -> TermsVersion:
    one = version_seen_by(request.actor, agreement, number)
    return put_in_force_alone(request.actor, one, typed=given.typed, at=request.at, as_seen=given.as_seen)
