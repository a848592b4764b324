"""The operations of operate: every query and action of the room. Annotations are values here: ninja reads them."""

import json
from typing import Any
from uuid import UUID

from django.http import FileResponse
from ninja import Router, Status

from handfast.contract.models import Agreement
from handfast.contract.queries import parsed_terms, terms_in_force
from handfast.engagement.models import Engagement
from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.api.bounds import Page
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.kernel.servicelevels.terms import Terms
from handfast.operate.actions import (
    accept_adjustment,
    agree_statement,
    decline_adjustment,
    dispute_line,
    draft_statement,
    issue_statement,
    propose_adjustment,
    report_value,
    withdraw_adjustment,
    withdraw_dispute,
    withdraw_reported_value,
)
from handfast.operate.api.figures import router as figures
from handfast.operate.api.schemas import (
    AdjustmentIn,
    AdjustmentOut,
    AgreeIn,
    CauseLineOut,
    DeclineIn,
    DisputeIn,
    DisputeOut,
    IssueIn,
    PeriodIn,
    ReportedValueOut,
    ReportIn,
    RosterOut,
    StatementDraftOut,
    StatementOut,
    StoryOut,
)
from handfast.operate.models import Adjustment, Dispute, ReportedValue, Statement, StatementDraft
from handfast.operate.queries.adjusting import checked_adjustment
from handfast.operate.queries.bundled import MEDIA_TYPE, bundle_name, bundled
from handfast.operate.queries.causes import CauseLine, cause_lines
from handfast.operate.queries.computed import agreement_in, chosen_now
from handfast.operate.queries.records import record_of, roster_of
from handfast.operate.queries.reported import (
    Report,
    checked_report,
    reported_value_seen_by,
    reported_values_seen_by,
)
from handfast.operate.queries.revising import revised_month
from handfast.operate.queries.statements import (
    adjustment_seen_by,
    adjustments_seen_by,
    dispute_seen_by,
    draft_seen_by,
    drafts_seen_by,
    made_seen_by,
    statement_seen_by,
    statements_seen_by,
)
from handfast.operate.refusals import NoTermsYet
from handfast.people.queries import own_space_of

router = Router(tags=["operate"])
router.add_router("", figures)
ENGAGEMENT = "/engagements/{uuid:engagement}"


@router.get(f"{ENGAGEMENT}/statements", response=list[StatementOut])
def list_statements(request: ActorRequest, engagement: UUID) -> list[Statement]:
    engagement_seen_by(request.actor, engagement)
    return list(statements_seen_by(request.actor, engagement))


@router.get("/statements/{uuid:statement}", response=StatementOut)
def show_statement(request: ActorRequest, statement: UUID) -> Statement:
    return statement_seen_by(request.actor, statement)


@router.get("/statements/{uuid:statement}/body", response=dict[str, Any])
def show_body(request: ActorRequest, statement: UUID) -> Any:
    return json.loads(statement_seen_by(request.actor, statement).body)


@router.get("/statements/{uuid:statement}/bundle.zip", response=bytes)
def show_bundle(request: ActorRequest, statement: UUID) -> FileResponse:
    """The statement with all its inputs, as a ZIP file: what `handfast verify` recomputes."""
    found = statement_seen_by(request.actor, statement)
    name = f"{bundle_name(found)}.zip"
    return FileResponse(bundled(found), as_attachment=True, filename=name, content_type=MEDIA_TYPE)


@router.get(f"{ENGAGEMENT}/drafts", response=list[StatementDraftOut])
def list_drafts(request: ActorRequest, engagement: UUID) -> list[StatementDraft]:
    engagement_seen_by(request.actor, engagement)
    return list(drafts_seen_by(request.actor, engagement))


@router.post(f"{ENGAGEMENT}/drafts", response={201: StatementDraftOut})
def compute_month(request: ActorRequest, engagement: UUID, given: PeriodIn) -> Status[StatementDraft]:
    deal = engagement_seen_by(request.actor, engagement)
    _must(request, "make-statements", engagement)
    space = own_space_of(request.actor, engagement)
    agreement = agreement_in(deal)
    computed = revised_month(chosen_now(agreement, given.period, as_of=request.at), given.period)
    return Status(
        201, draft_statement(request.actor, space, agreement=agreement, computed=computed, at=request.at)
    )


@router.post("/drafts/{uuid:draft}/issue", response={201: StatementOut})
def post_issue(request: ActorRequest, draft: UUID, given: IssueIn) -> Status[Statement]:
    found = draft_seen_by(request.actor, draft)
    return Status(201, issue_statement(request.actor, found, **given.dict(), at=request.at))


@router.post("/statements/{uuid:statement}/agree", response=StatementOut)
def post_agree(request: ActorRequest, statement: UUID, given: AgreeIn) -> Statement:
    found = statement_seen_by(request.actor, statement)
    return agree_statement(request.actor, found, at=request.at, **given.dict())


@router.post("/statements/{uuid:statement}/disputes", response={201: DisputeOut})
def post_dispute(request: ActorRequest, statement: UUID, given: DisputeIn) -> Status[Dispute]:
    found = statement_seen_by(request.actor, statement)
    return Status(201, dispute_line(request.actor, found, at=request.at, **given.dict()))


@router.get("/statements/{uuid:made}/causes", response=list[CauseLineOut])
def list_causes(request: ActorRequest, made: UUID) -> list[CauseLine]:
    return cause_lines(made_seen_by(request.actor, made))


@router.get("/statements/{uuid:statement}/disputes", response=list[DisputeOut])
def list_disputes(request: ActorRequest, statement: UUID) -> list[Dispute]:
    return list(statement_seen_by(request.actor, statement).disputes.all())


@router.post("/disputes/{uuid:dispute}/withdraw", response=DisputeOut)
def post_withdraw_dispute(request: ActorRequest, dispute: UUID) -> Dispute:
    return withdraw_dispute(request.actor, dispute_seen_by(request.actor, dispute), at=request.at)


@router.get("/statements/{uuid:made}/levels/{level}/records", response=RosterOut)
def list_level_records(
    request: ActorRequest, made: UUID, level: str, outcome: str = "", page: Page = 1
) -> dict[str, Any]:
    found = roster_of(made_seen_by(request.actor, made), level, outcome=outcome, page=page)
    rows = [
        {
            "record": one.row.record,
            "outcome": one.outcome,
            "start_us": str(one.row.start_us),
            "stop_us": None if one.row.stop_us is None else str(one.row.stop_us),
            "elapsed_us": str(one.row.elapsed_us),
            "excluded": one.row.excluded,
        }
        for one in found.rows
    ]
    return {"counts": dict(found.counts), "total": found.total, "records": rows}


@router.get("/statements/{uuid:made}/levels/{level}/records/{record}", response=StoryOut)
def show_record(request: ActorRequest, made: UUID, level: str, record: str) -> dict[str, Any]:
    view = record_of(made_seen_by(request.actor, made), level, record)
    story = view.story
    segments = [
        {
            "from_us": str(one.from_us),
            "to_us": str(one.to_us),
            "state": one.state,
            "why": one.why,
            "counts_us": str(one.counts_us),
            "is_over": one.is_over,
        }
        for one in story.segments
    ]
    return {
        "record": story.record,
        "outcome": view.outcome,
        "place": view.place,
        "total": view.total,
        "previous": view.previous,
        "next": view.next,
        "zone": story.zone,
        "elapsed_us": str(story.elapsed_us),
        "target_us": None if story.target_us is None else str(story.target_us),
        "due_us": None if story.due_us is None else str(story.due_us),
        "segments": segments,
    }


@router.get(f"{ENGAGEMENT}/adjustments", response=list[AdjustmentOut])
def list_adjustments(request: ActorRequest, engagement: UUID) -> list[Adjustment]:
    engagement_seen_by(request.actor, engagement)
    return list(adjustments_seen_by(request.actor, engagement))


@router.post(f"{ENGAGEMENT}/adjustments", response={201: AdjustmentOut})
def post_adjustment(request: ActorRequest, engagement: UUID, given: AdjustmentIn) -> Status[Adjustment]:
    deal = engagement_seen_by(request.actor, engagement)
    _must(request, "propose-adjustments", engagement)
    agreement, terms, side = _standing(request, deal)
    said = checked_adjustment(given.said, terms, side=side, at=request.at)
    return Status(201, propose_adjustment(request.actor, agreement, side=side, said=said, at=request.at))


@router.post("/adjustments/{uuid:adjustment}/accept", response=AdjustmentOut)
def post_accept(request: ActorRequest, adjustment: UUID) -> Adjustment:
    return accept_adjustment(request.actor, adjustment_seen_by(request.actor, adjustment), at=request.at)


@router.post("/adjustments/{uuid:adjustment}/decline", response=AdjustmentOut)
def post_decline(request: ActorRequest, adjustment: UUID, given: DeclineIn) -> Adjustment:
    found = adjustment_seen_by(request.actor, adjustment)
    return decline_adjustment(request.actor, found, reason=given.reason, at=request.at)


@router.post("/adjustments/{uuid:adjustment}/withdraw", response=AdjustmentOut)
def post_withdraw(request: ActorRequest, adjustment: UUID) -> Adjustment:
    return withdraw_adjustment(request.actor, adjustment_seen_by(request.actor, adjustment), at=request.at)


@router.get(f"{ENGAGEMENT}/reported-values", response=list[ReportedValueOut])
def list_reported_values(request: ActorRequest, engagement: UUID) -> list[ReportedValue]:
    engagement_seen_by(request.actor, engagement)
    return list(reported_values_seen_by(request.actor, engagement))


@router.post(f"{ENGAGEMENT}/reported-values", response={201: ReportedValueOut})
def post_reported_value(request: ActorRequest, engagement: UUID, given: ReportIn) -> Status[ReportedValue]:
    deal = engagement_seen_by(request.actor, engagement)
    _must(request, "make-statements", engagement)
    agreement, terms, side = _standing(request, deal)
    report = checked_report(Report(**given.dict()), terms, side=side, at=request.at)
    return Status(201, report_value(request.actor, agreement, side=side, report=report, at=request.at))


@router.post("/reported-values/{uuid:value}/withdraw", response=ReportedValueOut)
def post_withdraw_reported_value(request: ActorRequest, value: UUID) -> ReportedValue:
    found = reported_value_seen_by(request.actor, value)
    return withdraw_reported_value(request.actor, found, at=request.at)


def _must(request: ActorRequest, word: str, engagement: UUID) -> None:
    """Before anything is computed or read: whoever may not keep the outcome costs no work."""
    if not request.actor.can(word, engagement):
        raise NotPermitted(f"{word.replace('-', ' ')}: your role does not include it")


def _standing(request: ActorRequest, deal: Engagement) -> tuple[Agreement, Terms, str]:
    """The agreement, its terms in force, and the actor's side. Raises NoTermsYet, NotPermitted."""
    agreement = agreement_in(deal)
    version, mine = terms_in_force(agreement), party_of(deal, request.actor.organisation)
    if version is None:
        raise NoTermsYet("no terms are in force: agree terms first")
    if mine is None:
        raise NotPermitted("only the two sides propose and report")
    return agreement, parsed_terms(version), mine.side
