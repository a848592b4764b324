"""What waits for the actor, over all engagements and rooms, in one query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Now, TruncDate

from handfast.contract.models import AgreedMilestone, TermsVersion
from handfast.evidence.models import Mention
from handfast.evidence.queries.comments import waiting_mentions
from handfast.evidence.queries.signing import waiting_signatures
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import owned_and_due
from handfast.kernel.worktime.zones import zone_named
from handfast.operate.models import Adjustment, Statement
from handfast.people.models import Invitation, Side
from handfast.readiness.models import GateDecision, GateSignature, Relief, Waiver
from handfast.readiness.permissions import signable_by
from handfast.records.models import Upload
from handfast.transition.models import (
    Activity,
    Cover,
    Dates,
    Freeze,
    Growth,
    Plan,
    ProposedChange,
    ReviewRound,
)
from handfast.transition.queries.deliverables_waiting import hand_ins_of, reviews_of, silences_asked_of
from handfast.transition.queries.told import last_day
from handfast.transition.queries.working import AHEAD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor

LONGEST_NAME = 254
MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do: which kind of thing waits, in which engagement, what it is called there, and until when.

    `name` is the month of a statement, the number of terms or an adjustment, the name of an activity or a file, an address.
    """

    kind: str
    subject: UUID
    engagement: UUID
    name: str
    due_on: date | None


def needs_of(actor: Actor, *, at: datetime) -> list[Need]:
    """Everything that waits for the actor, the nearest day first, what has no day last."""
    first, *others = (rows for rows in _kinds(actor, at))
    found = _on_their_days([Need(*row) for row in first.union(*others, all=True)], actor)
    return sorted(found, key=lambda one: (one.due_on is None, str(one.due_on), one.kind, one.name))


def _on_their_days(found: list[Need], actor: Actor) -> list[Need]:
    """An instant is told on its day in the zone that it was promised in: of a review the reviewer's, else the contract's."""
    ids = {kind: [one.subject for one in found if one.kind == kind] for kind in ("review", "activity")}
    days: dict[UUID, date] = {}
    if ids["review"]:
        rounds = ReviewRound.objects.filter(
            deliverable_id__in=ids["review"],
            outcome=ReviewRound.Outcome.WAITING,
            space_id__in=actor.reach.reads,
        )
        for key, ends_at, reckoned in rounds.values_list("deliverable_id", "ends_at", "reckoning"):
            days[key] = ends_at.astimezone(zone_named(reckoned["zone"])).date()
    if ids["activity"]:
        own = Activity.objects.filter(pk=OuterRef("activity_id"), space_id=OuterRef("space_id"))
        dated = Dates.objects.filter(
            Exists(own), activity_id__in=ids["activity"], space_id__in=actor.reach.reads
        )
        for one in dated.select_related("plan__engagement").order_by():
            days[one.activity_id] = last_day(one.starts_at, one.ends_at, one.plan.engagement.zone)
    return [replace(one, due_on=days.get(one.subject, one.due_on)) for one in found]


def are_entries_cut(needs: Sequence[Need]) -> bool:
    """Whether there may be more entries of registers than these."""
    return sum(one.kind == "entry" for one in needs) >= MOST_ENTRIES


def _kinds(actor: Actor, at: datetime) -> list[QuerySet[Any, Any]]:
    """The queries of what can wait for this actor: each page asks them, so none that their roles leave empty."""
    found = [
        _told(
            "mention", _mentions(actor, at), "comment__engagement_id", _commented(actor), subject="comment_id"
        )
    ]
    for capability, waiting in WAITING.items():
        if where := _where(actor, capability):
            found += waiting(actor, where, at)
    return found


def _to_answer(actor: Actor, where: Sequence[UUID], _: datetime) -> list[QuerySet[Any, Any]]:
    issued = Statement.objects.filter(
        space_id__in=actor.reach.reads, agreement__engagement_id__in=where, state=Statement.State.ISSUED
    ).exclude(issued_for_id=actor.organisation)
    return [_told("statement", issued, "agreement__engagement_id", "period", F("answer_by_on"))]


def _disputed(actor: Actor, where: Sequence[UUID], _: datetime) -> list[QuerySet[Any, Any]]:
    disputed = Statement.objects.filter(
        space_id__in=actor.reach.reads,
        agreement__engagement_id__in=where,
        state=Statement.State.DISPUTED,
        issued_for_id=actor.organisation,
    )
    return [_told("dispute", disputed, "agreement__engagement_id", "period")]


def _adjustments(actor: Actor, where: Sequence[UUID], _: datetime) -> list[QuerySet[Any, Any]]:
    proposed = Adjustment.objects.filter(
        space_id__in=actor.reach.reads,
        agreement__engagement_id__in=where,
        state=Adjustment.State.PROPOSED,
    ).exclude(proposed_for_id=actor.organisation)
    return [_told("adjustment", proposed, "agreement__engagement_id", "number")]


def _to_agree(actor: Actor, where: Sequence[UUID], _: datetime) -> list[QuerySet[Any, Any]]:
    """Terms, and milestones of the contract, that the other side proposes."""
    terms = TermsVersion.objects.filter(
        space_id__in=actor.reach.reads,
        agreement__engagement_id__in=where,
        state=TermsVersion.State.PROPOSED,
    ).exclude(proposed_for_id=actor.organisation)
    milestones = AgreedMilestone.objects.filter(
        space_id__in=actor.reach.reads, engagement_id__in=where, state=AgreedMilestone.State.PROPOSED
    ).exclude(proposed_for_id=actor.organisation)
    return [
        _told("terms", terms, "agreement__engagement_id", "number"),
        _told("milestone", milestones, "engagement_id", "number"),
    ]


def _of_plans(actor: Actor, where: Sequence[UUID], _: datetime) -> list[QuerySet[Any, Any]]:
    """What the other side asks of a plan, and what the contract fixes and is foreseen later."""
    mine, reads = actor.organisation, actor.reach.reads
    changes = ProposedChange.objects.filter(
        space_id__in=reads,
        activity__plan__engagement_id__in=where,
        state=ProposedChange.State.PROPOSED,
    ).exclude(proposed_for_id=mine)
    plans = Plan.objects.filter(space_id__in=reads, engagement_id__in=where)
    baselines = plans.filter(baseline_asked_version=F("version")).exclude(baseline_asked_for_id=mine)
    freezes = Freeze.objects.filter(
        space_id__in=reads, plan__engagement_id__in=where, state__in=Freeze.WAITING
    ).exclude(asked_for_id=mine)
    waiting = Cover.objects.filter(plan_id=OuterRef("pk"), agreed_at__isnull=True)
    covered = plans.filter(Exists(waiting.exclude(proposed_for_id=mine)))
    growths = Growth.objects.filter(
        space_id__in=reads, plan__engagement_id__in=where, state=Growth.State.PROPOSED
    ).exclude(proposed_for_id=mine)
    return [
        _told("promise", _broken_promises(actor, where), "plan__engagement_id", "name", F("deadline_on")),
        _told("change", changes, "activity__plan__engagement_id", "activity__name"),
        _told("cover", covered, "engagement_id", "baseline_number"),
        _told("freeze", freezes, "plan__engagement_id", "name"),
        _told("growth", growths, "plan__engagement_id", "to_size"),
        _told(
            "waiver", _waivers(actor, where), "criterion__engagement_id", "criterion__text", F("expires_on")
        ),
        _told("relief", _reliefs(actor, where), "engagement_id", "entry__title"),
        _told("baseline", baselines, "engagement_id", "baseline_number"),
    ]


def _waivers(actor: Actor, where: Sequence[UUID]) -> QuerySet[Waiver]:
    """What the other side asks to let go, as long as it would hold."""
    rows = Waiver.objects.filter(
        space_id__in=actor.reach.reads, criterion__engagement_id__in=where, state=Waiver.State.ASKED,
        expires_on__gte=TruncDate(Now()),
    )  # fmt: skip
    asked: QuerySet[Waiver] = rows.exclude(asked_for_id=actor.organisation)
    return asked


def _reliefs(actor: Actor, where: Sequence[UUID]) -> QuerySet[Relief]:
    """What the other side asks to be relieved of."""
    rows = Relief.objects.filter(
        space_id__in=actor.reach.reads, engagement_id__in=where, state=Relief.State.ASKED
    )
    asked: QuerySet[Relief] = rows.exclude(asked_for_id=actor.organisation)
    return asked


def _to_sign_gates(actor: Actor, where: Sequence[UUID]) -> QuerySet[GateDecision]:
    """Gates that the actor's side has not signed, where one of its roles, or managing the plan, signs."""
    rows = GateDecision.objects.filter(
        space_id__in=actor.reach.writes, gate__engagement_id__in=where, state=GateDecision.State.SIGNING
    )
    signed = GateSignature.objects.filter(decision_id=OuterRef("pk"), signed_for_id=actor.organisation)
    words = {f"{side}_words": Cast(f"gate__{side}_roles", TextField()) for side in Side.values}
    found: QuerySet[GateDecision] = rows.alias(**words).filter(~Exists(signed), signable_by(actor))
    return found


def _to_do(actor: Actor, where: Sequence[UUID], at: datetime) -> list[QuerySet[Any, Any]]:
    """Activities and deliverables that the actor owns by name."""
    own = hand_ins_of(actor, before=(at + AHEAD).date())
    return [
        _told(
            "activity", _own_activities(actor, where, at), "plan__engagement_id", "name", TruncDate("due_at")
        ),
        _told("hand-in", own, "engagement_id", "title", F("due_on")),
    ]


def _to_review(actor: Actor, _: Sequence[UUID], at: datetime) -> list[QuerySet[Any, Any]]:
    due = TruncDate("review_ends_at")
    return [
        _told("review", reviews_of(actor, at=at), "engagement_id", "title", due),
        _told("silence", silences_asked_of(actor), "engagement_id", "title", F("due_on")),
    ]


def _of_registers(actor: Actor, where: Sequence[UUID], at: datetime) -> list[QuerySet[Any, Any]]:
    """What is to be signed off, and what the actor owns by name."""
    signing = waiting_signatures(actor, where)
    return [
        _told("gate", _to_sign_gates(actor, where), "gate__engagement_id", "gate__name", subject="gate_id"),
        _told("signature", signing, "engagement_id", "document_version__title", F("sign_off__due_on")),
        _told("entry", _own_entries(actor, where, at), "engagement_id", "title", F("due_on")),
    ]


def _uploads(actor: Actor, where: Sequence[UUID], _: datetime) -> list[QuerySet[Any, Any]]:
    return [_told("upload", _refused_uploads(actor, where), "source__engagement_id", "file_name")]


def _invitations(actor: Actor, where: Sequence[UUID], _: datetime) -> list[QuerySet[Any, Any]]:
    sent = Invitation.objects.filter(
        engagement_id__in=where,
        inviting_organisation_id__in=[actor.organisation],
        used_at__isnull=True,
        withdrawn_at__isnull=True,
    )
    return [_told("invitation", sent, "engagement_id", "email", TruncDate("expires_at"))]


WAITING = {
    "answer-statements": _to_answer,
    "make-statements": _disputed,
    "answer-adjustments": _adjustments,
    "agree-terms": _to_agree,
    "manage-plan": _of_plans,
    "report-progress": _to_do,
    "review-deliverables": _to_review,
    "keep-registers": _of_registers,
    "import-records": _uploads,
    "manage-people": _invitations,
}


def _where(actor: Actor, capability: str) -> Sequence[UUID]:
    """The engagements where a role of the actor's gives the capability."""
    return [engagement for engagement in actor.capabilities if actor.can(capability, engagement)]


def _own_activities(actor: Actor, where: Sequence[UUID], at: datetime) -> QuerySet[Activity]:
    """Activities that the actor owns by name, late or due within two weeks; each side's dates stand in its own space."""
    due = Dates.objects.filter(activity_id=OuterRef("pk"), space_id=OuterRef("space_id"))
    rows = Activity.objects.filter(
        space_id__in=actor.reach.reads,
        plan__engagement_id__in=where,
        owner_id=actor.person,
        removed_at__isnull=True,
        finished_on__isnull=True,
    )
    ends_at = Subquery(due.values("ends_at")[:1])
    dated: QuerySet[Activity] = rows.alias(due_at=ends_at).filter(due_at__lt=at + AHEAD)
    return dated.annotate(due_at=ends_at)


def _own_entries(actor: Actor, where: Sequence[UUID], at: datetime) -> QuerySet[RegisterEntry]:
    """Entries of registers that the actor owns by name, late or due within two weeks: the nearest, since every page counts them."""
    due = owned_and_due(actor, where, before=(at + AHEAD).date())
    nearest = due.order_by("due_on", "pk").values("pk")[:MOST_ENTRIES]
    rows: QuerySet[RegisterEntry] = RegisterEntry.objects.filter(pk__in=nearest)
    return rows


def _mentions(actor: Actor, at: datetime) -> QuerySet[Mention]:
    """Comments that tell the actor something and are not seen yet: the newest, since every page counts them."""
    waiting = waiting_mentions(actor, _where(actor, "keep-registers"), at=at)
    newest = waiting.order_by("-comment__written_at", "pk").values("pk")[:MOST_ENTRIES]
    rows: QuerySet[Mention] = Mention.objects.filter(pk__in=newest)
    return rows


def _commented(actor: Actor) -> Coalesce:
    """The title of the entry that a mention's comment is about."""
    entry = RegisterEntry.objects.filter(pk=OuterRef("comment__about_id"), space_id__in=actor.reach.reads)
    return Coalesce(Subquery(entry.order_by().values("title")[:1]), Value(""))


def _broken_promises(actor: Actor, plans: Sequence[UUID]) -> QuerySet[Activity]:
    """What the contract fixes and is foreseen later: both sides' to mend, in the plan or in the contract."""
    shared = Dates.objects.filter(activity_id=OuterRef("pk"), space_id=OuterRef("space_id"), is_late=True)
    return Activity.objects.filter(
        Exists(shared),
        space_id__in=actor.reach.reads,
        plan__engagement_id__in=plans,
        agreed__isnull=False,
        removed_at__isnull=True,
        finished_on__isnull=True,
    )


def _refused_uploads(actor: Actor, where: Sequence[UUID]) -> QuerySet[Upload]:
    """Files of the actor's own side that were refused, with nothing read from the same source since."""
    rows = Upload.objects.filter(space_id__in=actor.reach.reads)
    later = rows.filter(
        source_id=OuterRef("source_id"), received_at__gt=OuterRef("received_at"), state=Upload.State.READ
    )
    return rows.filter(
        ~Exists(later),
        source__engagement_id__in=where,
        organisation_id=actor.organisation,
        state=Upload.State.REFUSED,
        is_dry_run=False,
    )


def _told(  # noqa: PLR0913 - the columns of a need
    kind: str, rows: QuerySet[Any], engagement: str, name: Any, due: Any = None, *, subject: str = "pk"
) -> QuerySet[Any, Any]:
    """The same five columns of every kind, so that they go into one query."""
    told: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            need_kind=Value(kind, output_field=CharField()),
            need_name=Cast(name, CharField(max_length=LONGEST_NAME)),
            need_due=Cast(Value(None) if due is None else due, DateField()),
        )
        .values_list("need_kind", subject, engagement, "need_name", "need_due")
    )
    return told
