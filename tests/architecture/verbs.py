"""Who may do what, verb by verb: the row that each is tried on, the actor that it is for, and all those it is not for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.apps import apps

from handfast.engagement.models import Engagement
from handfast.foundation.actions import ACTIONS
from handfast.foundation.actor import Actor
from handfast.foundation.models import Space
from handfast.foundation.scope import Reach, entered
from handfast.people.models import Membership, Organisation
from handfast.people.roles import ROLES

if TYPE_CHECKING:
    from django.db.models import Model

WORDS = frozenset[str]().union(*(role.capabilities for role in ROLES.values()))


@dataclass(frozen=True, slots=True)
class Who:
    """Who may: with the capability `word`; of the organisation, or as the person, that the subject names.

    `not_of` names the organisation that may not. `only` chooses the subject, `never` one that nobody may.
    `party_of` leads to the engagement of which either party may. `role` names the role that the subject asks: somebody who holds it.
    `side` is the side of the subject's engagement that may; `through` leads to what has the engagement. `writes` names the spaces that the actor must write; `is_worker`: nobody by name, in the subject's one space.
    """

    word: str = ""
    of: str = ""
    not_of: str = ""
    party_of: str = ""
    person: str = ""
    role: str = ""
    side: str = ""
    through: str = ""
    is_worker: bool = False
    is_for_nobodys: bool = False
    writes: tuple[str, ...] = ()
    only: dict[str, Any] = field(default_factory=dict)
    never: dict[str, Any] = field(default_factory=dict)


INTERNAL = {"kind": Space.Kind.INTERNAL, "engagement_id__isnull": False}
HOME = {"organisation_id__isnull": False, "engagement_id__isnull": True}
OWN_BUSINESS = {"key__startswith": "added."}  # both sides' other activities come from the template
OWED = {"register": "dependencies", "own__owed_by": "provider"}
UNNAMED = {"gate__client_roles": []}  # gates that whoever manages the plan signs
LASTS, ENDED = {"ended_at__isnull": True}, {"ended_at__isnull": False}
WHO: dict[str, Who] = {
    "activities.added": Who("manage-plan", only=INTERNAL),
    "activities.changed": Who("manage-plan"),
    "activity.added": Who("manage-plan", only=INTERNAL),
    "activity.amended": Who("manage-plan", only=OWN_BUSINESS),
    "activity.linked": Who("manage-plan", only=INTERNAL),
    "activity.progressed": Who("report-progress", only=OWN_BUSINESS),
    "activity.removed": Who("manage-plan", only=OWN_BUSINESS),
    "activity.unlinked": Who("manage-plan"),
    "adjustment.accepted": Who("answer-adjustments", not_of="proposed_for_id"),
    "adjustment.declined": Who("answer-adjustments", not_of="proposed_for_id"),
    "adjustment.proposed": Who("propose-adjustments"),
    "adjustment.withdrawn": Who("propose-adjustments", of="proposed_for_id"),
    "agreement.made": Who("write-terms"),
    "baseline.agreed": Who("manage-plan", not_of="baseline_asked_for_id"),
    "baseline.proposed": Who("manage-plan"),
    "batch.recorded": Who(is_worker=True),
    "batch.withdrawn": Who("import-records"),
    "certificate.lapsed": Who("report-progress", side="provider", through="trainee.training_class"),
    "class.amended": Who("report-progress", side="provider"),
    "class.opened": Who("report-progress"),
    "class_code.closed": Who("report-progress", side="provider"),
    "class_code.opened": Who("report-progress", side="provider"),
    "change.accepted": Who("manage-plan", not_of="proposed_for_id"),
    "change.declined": Who("manage-plan", not_of="proposed_for_id"),
    "change.proposed": Who("manage-plan", only={"key": "prepare.goal"}, never=OWN_BUSINESS),
    "change.withdrawn": Who("manage-plan", of="proposed_for_id"),
    "channel.added": Who("manage-engagement", of="organisation_id", only=INTERNAL),
    "channel.stopped": Who("manage-engagement"),
    "channel.tried": Who("manage-engagement"),
    "comment.answered_by_mail": Who(person="membership.person_id"),
    "comment.withdrawn": Who("keep-registers", person="written_by_id"),
    "comment.written": Who("keep-registers", only=INTERNAL),
    "contents.erased": Who(
        "manage-people", only={"action": "engagement.begun"}, never={"action": "contents.erased"}
    ),
    "cover.agreed": Who("manage-plan", not_of="proposed_for_id"),
    "cover.proposed": Who("manage-plan"),
    "delegation.ended": Who(person="membership.person_id"),
    "delegation.made": Who(of="organisation_id", only=INTERNAL),
    "deliverable.accepted": Who("review-deliverables", of="reviews_for_id"),
    "deliverable.amended": Who("manage-plan"),
    "deliverable.brought_back": Who("manage-plan", of="reviews_for_id"),
    "deliverable.deemed_accepted": Who(is_worker=True),
    "deliverable.planned": Who("manage-plan"),
    "deliverable.rejected": Who("review-deliverables", of="reviews_for_id"),
    "deliverable.silence_agreed": Who("review-deliverables", of="reviews_for_id"),
    "deliverable.submitted": Who("report-progress", of="submits_for_id"),
    "deliverable.withdrawn": Who("manage-plan", of="reviews_for_id"),
    "decision.asked": Who("keep-registers"),
    "decision.given": Who("keep-registers", person="person_id"),
    "criterion.added": Who("manage-plan"),
    "criterion.amended": Who("manage-plan"),
    "criterion.attested": Who("report-progress", only={"attests_side": ""}),
    "criterion.dropped": Who("manage-plan"),
    "criterion.taken_up": Who("manage-plan"),
    "gate.added": Who("manage-plan"),
    "gate.amended": Who("manage-plan"),
    "gate.judged": Who(is_worker=True),
    "gate_condition.fulfilled": Who("manage-plan"),
    "gate_decision.declined": Who("manage-plan", party_of="gate.engagement", only=UNNAMED),
    "gate_decision.opened": Who("manage-plan"),
    "gate_decision.signed": Who("manage-plan", party_of="gate.engagement", only=UNNAMED),
    "gate_decision.withdrawn": Who("manage-plan", of="opened_for_id"),
    "gates.laid_out": Who("manage-plan"),
    "survey.amended": Who("manage-plan", of="sent_for_id"),
    "survey.answered": Who(is_worker=True),
    "survey.closed": Who("manage-plan", of="sent_for_id"),
    "survey.drafted": Who("manage-plan", only=INTERNAL),
    "survey.invited": Who("manage-plan", of="sent_for_id"),
    "survey.reminded": Who("manage-plan", of="sent_for_id"),
    "survey.opened": Who("manage-plan", of="sent_for_id"),
    "gate_decision.planned": Who("manage-plan"),
    "relief.asked": Who("manage-plan", side="client", only=OWED),
    "relief.declined": Who("manage-plan", not_of="asked_for_id"),
    "relief.granted": Who("manage-plan", not_of="asked_for_id"),
    "relief.withdrawn": Who("manage-plan", of="asked_for_id"),
    "waiver.approved": Who("manage-plan", not_of="asked_for_id"),
    "waiver.asked": Who("manage-plan"),
    "waiver.declined": Who("manage-plan", not_of="asked_for_id"),
    "waiver.ended": Who("manage-plan"),
    "dispute.withdrawn": Who("answer-statements", of="raised_for_id"),
    "document.amended": Who("keep-registers"),
    "document.published": Who("keep-registers"),
    "document.file_published": Who("keep-registers"),
    "document.written": Who("keep-registers", only=INTERNAL),
    "documents.taken_in": Who("keep-registers", only=INTERNAL),
    "engagement.amended": Who("manage-engagement"),
    "engagement.begun": Who(),
    "engagement.enlarged": Who("manage-plan"),
    "engagement.opened": Who(of="pk", writes=("home_space_id",)),
    "engagement.opened_first": Who(
        person="pk",
        is_for_nobodys=True,
        only={"memberships__isnull": True},
        never={
            "memberships__isnull": False,
            "memberships__ended_at__isnull": True,
            "memberships__organisation__is_sample": False,
        },
    ),
    "entry.amended": Who("keep-registers"),
    "entry.changed_together": Who("keep-registers"),
    "entry.moved": Who("keep-registers"),
    "entry.taken_in": Who("keep-registers", only=INTERNAL),
    "entry.written": Who("keep-registers", only=INTERNAL),
    "feed.made": Who(person="person_id", only=LASTS, never=ENDED),
    "feed.revoked": Who(person="membership.person_id"),
    "figure_sheet.brought_in": Who("make-statements"),
    "figure_sheet.withdrawn": Who("make-statements", of="brought_for_id"),
    "file.attached": Who("keep-registers", only=INTERNAL),
    "file.withdrawn": Who("keep-registers", person="attached_by_id"),
    "freeze.accepted": Who("manage-plan", only={"state": "proposed"}, not_of="asked_for_id"),
    "freeze.declared": Who("manage-plan"),
    "freeze.declined": Who("manage-plan", only={"state": "proposed"}, not_of="asked_for_id"),
    "freeze.lifted": Who("manage-plan", only={"state": "proposed"}, of="asked_for_id"),
    "growth.accepted": Who("manage-plan", only={"state": "proposed"}, not_of="proposed_for_id"),
    "growth.declined": Who("manage-plan", only={"state": "proposed"}, not_of="proposed_for_id"),
    "growth.proposed": Who("manage-plan"),
    "growth.withdrawn": Who("manage-plan", of="proposed_for_id"),
    "invitation.accepted": Who(writes=("journal_space_id", "shared_space_id")),
    "invitation.sent": Who("manage-people", of="organisation_id", only=INTERNAL),
    "invitations.sent": Who("manage-people", of="organisation_id", only=INTERNAL),
    "invitation.withdrawn": Who("manage-people", of="inviting_organisation_id"),
    "last_change.undone": Who("manage-plan", person="person_id"),
    "mail.chosen": Who(person="person_id", only=LASTS, never=ENDED),
    "membership.changed": Who("manage-people", of="organisation_id"),
    "membership.ended": Who("manage-people", of="organisation_id"),
    "summary.written": Who("write-terms"),
    "engagement.days_kept": Who("write-terms"),
    "milestone.agreed": Who("agree-terms", not_of="proposed_for_id"),
    "milestone.declined": Who("agree-terms", not_of="proposed_for_id"),
    "milestone.proposed": Who("write-terms"),
    "milestone.put_in_force_alone": Who("agree-terms", of="proposed_for_id"),
    "milestone.replaced": Who("agree-terms"),
    "milestone.withdrawn": Who("write-terms", of="proposed_for_id"),
    "notice.given": Who(is_worker=True, only=INTERNAL),
    "notice.read": Who(person="person_id"),
    "offered_plan.mapped": Who("manage-plan"),
    "offered_plan.offered": Who("manage-plan", only=INTERNAL),
    "offered_plan.taken_over": Who("manage-plan"),
    "organisation.founded": Who(person="pk"),
    "organisation.sign_in_required": Who("manage-people", of="pk"),
    "pack_look.chosen": Who("manage-people", of="pk"),
    "organisation.words_chosen": Who("manage-people", of="pk"),
    "pack.made": Who("keep-registers", only=INTERNAL),
    "pack.withdrawn": Who("keep-registers", of="made_for_id", person="made_by_id"),
    "person.changed": Who(person="person_id", only=LASTS, never=ENDED),
    "passage.marked": Who("keep-registers", only=INTERNAL),
    "passage.settled": Who("keep-registers"),
    "plan.agreed_taken_in": Who("manage-plan"),
    "plan.amended": Who("manage-plan"),
    "plan.dated": Who(is_worker=True),
    "plan.dated_internally": Who(is_worker=True, only=INTERNAL),
    "plan.extended": Who("manage-plan"),
    "plan.grown": Who("manage-plan"),
    "plan.moves_told": Who(is_worker=True),
    "plan.made": Who("manage-plan"),
    "plan_template.amended": Who("manage-plan", of="space.organisation_id"),
    "plan_template.brought_back": Who("manage-plan", of="space.organisation_id"),
    "plan_template.kept": Who("manage-plan", of="organisation_id", only=HOME),
    "plan_template.kept_from_plan": Who("manage-plan", of="organisation_id", only=HOME),
    "plan_template.renamed": Who("manage-plan", of="space.organisation_id"),
    "plan_template.retired": Who("manage-plan", of="space.organisation_id"),
    "plan.sheet_saved": Who("manage-plan"),
    "plan.simulated": Who(is_worker=True),
    "practical.scored": Who("report-progress", side="provider", through="training_class"),
    "question.added": Who("report-progress"),
    "question.dropped": Who("report-progress"),
    "reference.added": Who("keep-registers", only=INTERNAL),
    "reference.removed": Who("keep-registers"),
    "relation.made": Who("keep-registers", only=INTERNAL),
    "relation.removed": Who("keep-registers"),
    "reported_value.reported": Who("make-statements"),
    "reported_value.withdrawn": Who("make-statements", of="reported_for_id"),
    "results.recorded": Who("report-progress", side="provider"),
    "saved_view.amended": Who("keep-registers", person="person_id", only={"removed_at__isnull": True}),
    "saved_view.brought_back": Who(
        "keep-registers", person="removed_by_id", only={"removed_at__isnull": False}
    ),
    "saved_view.removed": Who("keep-registers", person="person_id", only={"shared_with": "alone"}),
    "saved_view.saved": Who("keep-registers", of="organisation_id", only=INTERNAL),
    "session.amended": Who("report-progress"),
    "session.held": Who("report-progress", side="provider", through="training_class"),
    "session.planned": Who("report-progress"),
    "sitting.begun": Who(is_worker=True),
    "sitting.handed_in": Who(is_worker=True),
    "sitting.over": Who(is_worker=True),
    "skipped_step.taken_up": Who("manage-engagement"),
    "step.skipped": Who("manage-engagement"),
    "source.added": Who("import-records"),
    "source.mapping_amended": Who("import-records"),
    "status_reader.added": Who("report-progress"),
    "status_reader.removed": Who(person="person_id"),
    "step_status.lifted": Who("manage-plan", of="set_for_id"),
    "step_status.set": Who("manage-plan"),
    "sign_off.asked": Who("keep-registers", person="document.owner_id"),
    "sign_off.withdrawn": Who("keep-registers", person="document_version.document.owner_id"),
    "signature.declined": Who("keep-registers", role="role", only={"state": "waiting"}),
    "signature.given": Who("keep-registers", role="role", only={"state": "waiting"}),
    "statement.agreed": Who("answer-statements", not_of="issued_for_id"),
    "statement.disputed": Who("answer-statements", not_of="issued_for_id"),
    "statement.drafted": Who("make-statements", only=INTERNAL),
    "statement.issued": Who("make-statements"),
    "statement.superseded": Who("make-statements"),
    "statement_draft.issued": Who("make-statements"),
    "step.amended": Who("manage-plan", only={"lead": "joint"}),
    "terms.agreed": Who("agree-terms", not_of="proposed_for_id"),
    "terms.declined": Who("agree-terms", not_of="proposed_for_id"),
    "terms.drafted": Who("write-terms", of="organisation_id", only=INTERNAL),
    "terms.proposed": Who("write-terms"),
    "terms.put_in_force_alone": Who("agree-terms", of="proposed_for_id"),
    "terms.withdrawn": Who("write-terms", of="proposed_for_id"),
    "terms_draft.proposed": Who("write-terms"),
    "terms_draft.saved": Who("write-terms"),
    "topic.added": Who("report-progress"),
    "topic.amended": Who("report-progress"),
    "topics.taken": Who("report-progress"),
    "token.issued": Who(person="person_id", only=LASTS, never=ENDED),
    "token.revoked": Who(person="membership.person_id"),
    "trainee.enrolled": Who("report-progress", side="provider"),
    "trainee.left": Who("report-progress", side="provider", through="training_class"),
    "try.allowed": Who("report-progress", side="provider", through="training_class"),
    "upload.checked": Who(is_worker=True),
    "upload.reading_begun": Who(is_worker=True),
    "upload.received": Who("import-records"),
    "upload.refused": Who(is_worker=True),
    "upload.withdrawn": Who("import-records"),
    "weekly_status.frozen": Who(is_worker=True),
    "weekly_status.remarked": Who("report-progress"),
    "wave.added": Who("manage-plan"),
    "wave.amended": Who("manage-plan"),
    "wave.removed": Who("manage-plan"),
}


def everywhere() -> Reach:
    """A reach of all spaces: the fence refuses nothing, so that only the permission is left."""
    every = frozenset(Space.objects.values_list("pk", flat=True))
    return Reach(every, every)


def subject_of(verb: str, only: dict[str, Any]) -> Model | None:
    """A row that the verb could be about, by the class that its signature names."""
    named = list(ACTIONS[verb].__annotations__.values())[1]
    (model,) = (
        one for one in apps.get_models() if one.__name__ == named and one.__module__.startswith("handfast")
    )
    with entered(everywhere()):
        return model._base_manager.filter(**only).order_by("pk").first()


def one_who_may(who: Who, subject: Model) -> Actor:
    """Somebody with exactly what the verb asks for."""
    spaces = everywhere()
    if who.is_worker:
        own = frozenset({subject.pk if isinstance(subject, Space) else attrgetter("space_id")(subject)})
        return Actor(None, None, Reach(spaces.reads, own))
    if who.writes:
        spaces = Reach(spaces.reads, frozenset(attrgetter(one)(subject) for one in who.writes))
    with entered(everywhere()):
        organisation = (
            attrgetter(who.of)(subject)
            if who.of
            else _another(attrgetter(who.not_of)(subject))
            if who.not_of
            else attrgetter(who.party_of)(subject).parties.first().organisation_id
            if who.party_of
            else _party(subject, who.side, who.through)
            if who.side
            else uuid4()
        )
        person = attrgetter(who.person)(subject) if who.person else uuid4()
        if who.role:
            person, organisation = _holder(attrgetter(who.role)(subject), subject)
    return Actor(
        person, None if who.is_for_nobodys else organisation, spaces, _able({who.word} if who.word else set())
    )


def those_who_may_not(who: Who, subject: Model) -> dict[str, Actor]:
    """For each thing that the verb asks, an actor who lacks it and has everything else."""
    right = one_who_may(who, subject)
    able = replace(right, capabilities=_able(WORDS))
    found: dict[str, Actor] = {}
    if who.word:
        found["without the capability"] = replace(right, capabilities=_able(WORDS - {who.word}))
    if who.of:
        found["of another organisation"] = replace(able, organisation=_another(right.organisation))
    if who.party_of:
        found["of neither party"] = replace(able, organisation=uuid4())
    found |= _of_the_other(who, subject, able)
    if who.person:
        found["another person"] = replace(able, person=uuid4())
    if who.role:
        found["who does not hold the role"] = replace(able, person=uuid4())
        found["for another organisation"] = replace(able, organisation=_another(right.organisation))
    if who.is_for_nobodys:
        found["who belongs to an organisation"] = replace(able, organisation=uuid4())
    if who.is_worker:
        found["a person"] = replace(able, person=uuid4())
        found["a worker of everything"] = replace(able, reach=everywhere())
    for space in who.writes:
        less = right.reach.writes - {attrgetter(space)(subject)}
        found[f"who does not write its {space}"] = replace(able, reach=Reach(right.reach.reads, less))
    return found


def _holder(role: str, subject: Any) -> tuple[UUID, UUID]:
    """Somebody who holds the role at the side that the subject asks, and their organisation."""
    members = Membership.objects.filter(
        engagement_id=subject.engagement_id, side=subject.side, ended_at__isnull=True
    )
    return next((one.person_id, one.organisation_id) for one in members if role in one.roles)


def _of_the_other(who: Who, subject: Model, able: Actor) -> dict[str, Actor]:
    """Of the side that may not, where the verb is one side's."""
    found: dict[str, Actor] = {}
    with entered(everywhere()):
        if who.side:
            other = next(one for one in ("client", "provider") if one != who.side)
            found["of the other side"] = replace(able, organisation=_party(subject, other, who.through))
        if who.not_of:
            found["of the side that made it"] = replace(able, organisation=attrgetter(who.not_of)(subject))
    return found


def _party(subject: Any, side: str, through: str = "") -> UUID:
    """The organisation of a side of the subject's engagement."""
    row = attrgetter(through)(subject) if through else subject
    found: UUID = row.engagement.parties.get(side=side).organisation_id
    return found


def _another(organisation: UUID | None) -> UUID:
    """An organisation that is there, and is not this one."""
    return next(
        one for one in Organisation.objects.order_by("pk").values_list("pk", flat=True) if one != organisation
    )


def _able(words: set[str] | frozenset[str]) -> dict[UUID, frozenset[str]]:
    with entered(everywhere()):
        return dict.fromkeys(Engagement.objects.values_list("pk", flat=True), frozenset(words))
