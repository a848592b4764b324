"""A canary in every private value of every model: whose it is, and which model has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from tests.architecture.marks import HEX, marks_in

from handfast.foundation.fence import Spaced
from handfast.foundation.models import Space
from handfast.foundation.scope import Reach, entered
from handfast.people.models import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.architecture.askers import Asker
    from tests.architecture.deals import Deal

# Texts that hold nothing private: words of a list, or what the installation says of itself.
PLAIN: dict[str, str] = {
    "foundation.contents.action": "the name of a verb",
    "foundation.outgoing.kind": "the name of a task",
    "foundation.outgoing.said": "how far a task is, in the words of the house",
    "foundation.outgoing.key": "the kind and the id of its subject",
    "contract.termsversion.annex": "calendars, compiled from the public text of the terms",
    "operate.statement.causes": "ids of other rows, and figures of the body",
    "operate.statementdraft.causes": "ids of other rows, and figures of the body",
    "operate.reportedvalue.said": "a number",
    "operate.reportedvalue.measure": "the same word in every deal of this test, as terms name it",
    "operate.reportedvalue.period": "a month",
    "operate.reportedvalue.reported_side": "client or provider",
    "operate.figuresheet.figures": "numbers of months, and keys of levels as terms name them",
    "operate.figuresheet.digest": "of numbers that are the same in every deal of this test",
    "operate.figuresheet.brought_side": "client or provider",
    "operate.statement.inputs": "ids of other rows, each a canary of its own",
    "operate.statementdraft.inputs": "ids of other rows, each a canary of its own",
    "packs.pack.kind": "the key of a kind",
    "people.person.zone": "one of the world's time zones",
    "people.organisation.required_issuer": "the address of a provider of sign-in, as the settings name it",
    "people.accessentry.method": "a method of HTTP",
    "people.delegation.words": "words of a list",
    "people.feed.holds": "a word of a list",
    "people.membership.roles": "words of a list",
    "people.invitation.roles": "words of a list",
    "people.token.prefix": "eight letters, the first three the same for all",
    "engagement.engagement.zone": "one of the world's time zones",
    "engagement.engagement.currency": "one of the world's currencies",
    "engagement.party.zone": "one of the world's time zones",
    "evidence.comment.about_kind": "the kind of a thing",
    "evidence.document.kind": "a word of a list",
    "evidence.signature.role": "the key of a role",
    "evidence.file.about_kind": "as above",
    "evidence.file.kind": "a word of a list",
    "evidence.reference.about_kind": "the kind of a thing",
    "evidence.relation.one_kind": "the kind of a thing",
    "evidence.relation.other_kind": "as above",
    "governance.registerentry.register": "the key of a register",
    "governance.registerentry.state": "a word of the register",
    "governance.savedview.register": "the key of a register",
    "governance.savedview.shared_with": "a word of a list",
    "contract.agreement.currency": "one of the world's currencies",
    "contract.agreedmilestone.currency": "one of the world's currencies",
    "packs.packlook.accent": "a colour",
    "packs.packlook.logo": "a picture, written anew from its pixels",
    "packs.packlook.logo_sha256": "of a picture",
    "contract.contractsummary.currency": "one of the world's currencies",
    "contract.contractsummary.renewal": "a word of a list",
    "contract.agreedmilestone.step_key": "one of the fifteen steps",
    "contract.agreedmilestone.proposed_side": "client or provider",
    "contract.termsversion.proposed_side": "client or provider",
    "records.source.key": "the same word in every deal of this test, as terms name it",
    "records.upload.refusal_code": "a word of a list",
    "records.batch.report": "counts",
    "operate.statement.period": "a month",
    "operate.statementdraft.period": "a month",
    "operate.dispute.level": "the same word in every deal of this test, as terms name it",
    "operate.adjustment.proposed_side": "client or provider",
    "learning.topicpart.name": "nothing but Test and Cases here; asked of by its mark in the other texts",
    "learning.question.right": "places of answers",
    "learning.sitting.asked": "ids of other rows",
    "learning.sitting.answers": "ids of other rows, and places of answers",
    "learning.result.marks": "halves",
    "learning.certificate.result_ids": "ids of other rows",
    "learning.trainingclass.side": "client or provider",
    "readiness.gate.step_keys": "of the template",
    "readiness.gate.client_roles": "words of a list",
    "readiness.gate.provider_roles": "words of a list",
    "readiness.criterion.step_key": "of the template",
    "readiness.criterion.proof": "a word of the catalogue",
    "readiness.criterion.attests_role": "a word of a list",
    "readiness.criterionstanding.said": "a figure of evidence in words, the same for both sides",
    "readiness.gatedecision.snapshot": "texts of criteria and of the decision, each a canary of its own",
    "readiness.gatedecision.sha256": "of the snapshot",
    "readiness.gatesignature.role": "a word of a list",
    "readiness.gatesignature.sha256": "of the snapshot",
    "surveys.survey.usual": "the key of a usual questionnaire",
    "transition.plan.sites": "nothing writes it yet: places of a side come with the waves",
    "transition.plan.risks": "nothing writes it yet: risk events come with the simulation",
    "transition.plan.outlook": "nothing writes it yet: it will hold figures",
    "transition.plan.made_from": "ids, digests and defaults of waves, told to the own side only",
    "transition.plantemplate.release": "the version of the program",
    "transition.reviewround.reckoning": "days of a calendar and their public names",
    "transition.reviewround.contents": "ids and digests of files, each a canary of its own",
    "transition.plan.extended": "a count and a digest of random ids",
    "transition.offeredplan.sha256": "of a file",
    "transition.offeredplan.mapping": "keys of phases and of steps of the template",
    "transition.offeredplan.taken": "ids of other rows, each a canary of its own",
    "transition.step.key": "of the template, the same in every deal of this test",
    "transition.step.name": "as above",
    "transition.step.description": "as above",
    "transition.step.client_actions": "as above",
    "transition.step.provider_actions": "as above",
    "transition.step.deliverables": "as above",
    "transition.step.criteria": "as above",
    "transition.activity.key": "of the template, or random",
    "transition.activity.step_key": "of the template",
    "transition.activity.site": "nothing writes it yet",
    "transition.activity.needs": "nothing writes it yet",
    "transition.activity.low": "a duration",
    "transition.activity.likely": "a duration",
    "transition.activity.high": "a duration",
    "transition.activity.remaining": "a duration",
    "transition.lastchange.links_out": "ids, words of a list and durations",
    "transition.lastchange.links_in": "ids of links",
    "transition.link.lag": "a duration",
    "transition.link.lag_on": "a word of a list",
    "transition.growth.counts": "how many activities",
    "transition.growth.moves": "numbers of waves, and instants",
    "transition.growth.proposed_side": "client or provider",
    "transition.freeze.leads": "words of a list",
    "transition.freeze.step_keys": "of the template",
    "transition.plan.told": "ids of milestones, and days",
    "transition.stepstatus.computed": "a word of a list",
    "transition.stepstatus.set_side": "client or provider",
    "transition.proposedchange.proposed_side": "client or provider",
    "journeys.answerkey.answers": "digests of the Message-IDs that mail programs make",
    "journeys.channel.kinds": "words of a list",
    "journeys.channel.sealed": "sealed: random bytes to whoever has no key",
    "journeys.delivery.kind": "a word of a list",
    "journeys.delivery.key": "kinds and ids",
    "journeys.delivery.fault": "a code of ours",
    "journeys.notice.key": "the kind and the id of its subject",
    "journeys.skippedstep.step": "a word of a list",
    "journeys.notice.kind": "the name of a task",
}
DIGESTS = ("digest", "sha256", "hash", "previous", "commitment", "salt", "password")
# The journal that both sides read says that a token was issued, that a feed was made: their ids, and no more.
TOLD_TO_BOTH = ("people.token.id", "people.feed.id", "journeys.answerkey.id")
WRITTEN_BY_NOBODY = (
    "people.person.password",
    "people.token.digest",
    "people.invitation.digest",
    "people.feed.digest",
    "journeys.answerkey.digest",
    "surveys.surveylink.digest",
    "learning.learningkey.digest",
)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may read a value: of an engagement both sides or one, of an organisation, or one person."""

    engagement: str = ""
    organisation: str = ""
    person: str = ""


NOBODY = Audience(person="nobody")


class Canaries:
    """Every canary with its audiences, and where it stands."""

    def __init__(self, deals: dict[str, Deal]) -> None:
        self.audiences: dict[str, set[Audience]] = {}
        self.places: dict[str, str] = {}
        self.with_canary: set[str] = set()
        self.rows: dict[str, int] = {}
        self._engagements = {name: str(deal.engagement.pk) for name, deal in deals.items()}
        every = frozenset(Space.objects.values_list("pk", flat=True))
        self._spaces = {space.pk: space for space in Space.objects.all()}
        with entered(Reach(every, every)):
            for model in own_models():
                self._walk(model)
        for deal in deals.values():  # what stands in files and not in tables
            for found in marks_in(deal.said("record")):
                self._add(found, {Audience(self._engagements[deal.name])}, "records of a batch")
            for side in (None, *deal.organisations):
                of_one = str(deal.organisations[side].pk) if side else ""
                for found in marks_in(deal.said("bytes of", side or "shared")):
                    self._add(found, {Audience(self._engagements[deal.name], of_one)}, "the bytes of a file")

    def _walk(self, model: type[models.Model]) -> None:
        rows = list(model._base_manager.all())
        self.rows[model._meta.label_lower] = len(rows)
        for row in rows:
            seen_by = set(self._audiences_of(row))
            for name, found in _values_of(row):
                self.with_canary.add(name)
                self._add(found, {NOBODY} if name in WRITTEN_BY_NOBODY else seen_by, name)
                if name in TOLD_TO_BOTH:
                    self._add(found, {Audience(str(row.membership.engagement_id))}, name)

    def _add(self, found: str, seen_by: set[Audience], place: str) -> None:
        self.audiences.setdefault(found, set()).update(seen_by)
        self.places.setdefault(found, place)

    def _audiences_of(self, row: models.Model) -> Iterator[Audience]:
        label = row._meta.label_lower
        if isinstance(row, Spaced):
            yield _of_space(self._spaces[row.space_id])
        elif label == "foundation.space":
            yield _of_space(row)
        elif label == "learning.learningkey":
            yield _of_space(self._spaces[row.journal_space_id])  # type: ignore[attr-defined]  # as above
        elif label == "foundation.outgoing" and row.person_id and row.space_id not in self._spaces:  # type: ignore[attr-defined]  # it has both
            yield Audience(person=str(row.person_id))  # type: ignore[attr-defined]  # a mail to one person, of no space
        elif label in ("foundation.audience", "foundation.outgoing"):
            yield _of_space(self._spaces[row.space_id])  # type: ignore[attr-defined]  # both have it
        elif label == "people.organisation":
            yield Audience(organisation=str(row.pk))
            for one in Membership.objects.filter(organisation_id=row.pk):
                yield Audience(str(one.engagement_id))
        elif label == "people.person":
            yield Audience(person=str(row.pk))
            for one in Membership.objects.filter(person_id=row.pk):
                yield Audience(str(one.engagement_id))
        else:
            yield from _of_people(label, row)

    def faults(self) -> list[str]:
        """Models without a row, and private texts without a canary."""
        found = [f"{label}: the deals have no row of it" for label, count in self.rows.items() if not count]
        for model in own_models():
            for field in private_fields(model):
                name = f"{model._meta.label_lower}.{field.name}"
                if name not in self.with_canary and name not in PLAIN and self.rows[model._meta.label_lower]:
                    found.append(f"{name}: no row of the deals has a canary in it")
        return found

    def leaks(self, asker: Asker, told: Iterable[str], sent: Iterable[str]) -> list[str]:
        """The canaries in `told` that the asker may not read and has not sent."""
        known, found = set(sent), []
        for one in set(told) - known:
            seen_by = self.audiences.get(one)
            if seen_by is not None and not any(self._reads(asker, audience) for audience in seen_by):
                found.append(f"{one} of {self.places[one]}")
        return found

    def _reads(self, asker: Asker, audience: Audience) -> bool:
        if audience.person:
            return asker.is_known and asker.person is not None and str(asker.person.pk) == audience.person
        if not audience.engagement:
            return bool(asker.sides) and asker.organisation == audience.organisation
        is_in = any(self._engagements[name] == audience.engagement for name in asker.sides)
        return is_in and audience.organisation in ("", asker.organisation)


def own_models() -> list[type[models.Model]]:
    """The models of the house, without those that a library brings."""
    return [model for model in apps.get_models() if model.__module__.startswith("handfast.")]


def private_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields that can hold a text of somebody's."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]


def _of_space(space: Any) -> Audience:
    if space.kind == Space.Kind.SHARED:
        return Audience(str(space.engagement_id))
    return Audience(str(space.engagement_id or ""), str(space.organisation_id))


def _of_people(label: str, row: Any) -> Iterator[Audience]:
    if label == "people.membership":
        yield Audience(str(row.engagement_id))
    elif label == "people.invitation":
        yield Audience(str(row.engagement_id), str(row.inviting_organisation_id))
    elif label in {"people.accessentry", "people.delegation"}:
        yield Audience(str(row.membership.engagement_id), str(row.membership.organisation_id))
    elif label == "people.companyaccount":
        yield Audience(person=str(row.person_id))
    elif label == "surveys.surveylink":
        yield NOBODY
    elif label in ("people.token", "people.feed", "journeys.answerkey"):
        yield Audience(person=str(row.membership.person_id))
    else:
        raise LookupError(f"{label}: say in canaries.py who reads it")


def _values_of(row: models.Model) -> Iterator[tuple[str, str]]:
    """Field and canary: the row's own id, the marks in its texts, its digests."""
    label = row._meta.label_lower
    if not isinstance(row._meta.pk, models.OneToOneField):
        yield f"{label}.id", str(row.pk).replace("-", "")[:HEX]
    for field in private_fields(type(row)):
        value = str(getattr(row, field.attname))
        is_digest = any(word in field.name for word in DIGESTS) and value.strip("0")
        for found in marks_in(value):
            if found.startswith("kanari") or is_digest:
                yield f"{label}.{field.name}", found
