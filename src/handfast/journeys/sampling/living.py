"""A sample's life in the order of its instants: terms, files, adjustments, months with their answers."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handfast.contract.actions import agree_terms, draft_terms, make_agreement, propose_terms
from handfast.contract.reading.checking import prepared
from handfast.foundation.files.staged import staged_from
from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import HANDLERS, Task, claimed
from handfast.foundation.scope import entered
from handfast.journeys.sampling.gating import Gating
from handfast.journeys.sampling.keeping import keep_entry, keep_view
from handfast.journeys.sampling.owing import Owing
from handfast.journeys.sampling.parts import LIVES, mapping_of, source_keys
from handfast.journeys.sampling.planning import Planning
from handfast.journeys.sampling.proving import ask_for, take_sheet
from handfast.journeys.sampling.surveying import survey_steps
from handfast.journeys.sampling.teaching import teach
from handfast.journeys.sampling.writing import document_steps
from handfast.journeys.telling import FOR, NOTIFY
from handfast.kernel.document import read_document
from handfast.operate.actions import (
    accept_adjustment,
    agree_statement,
    confirmation_of,
    dispute_line,
    draft_statement,
    issue_statement,
    propose_adjustment,
)
from handfast.operate.queries.computed import chosen_now
from handfast.operate.queries.revising import revised_month
from handfast.people.models import Side
from handfast.people.queries import internal_space_of, own_space_of
from handfast.records.actions import add_source, receive_upload
from handfast.records.models import Upload
from handfast.records.queries import READ_UPLOAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handfast.contract.models import Agreement
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.exports import Upload as SampleUpload
    from handfast.journeys.samples.sample import Month as SampleMonth
    from handfast.journeys.samples.sample import SampleAdjustment, SampleEngagement
    from handfast.operate.models import Adjustment, Statement, StatementDraft
    from handfast.operate.queries.computed import Computed
    from handfast.records.models import Source

TO_ANSWER = timedelta(days=14)
PATIENCE_SECONDS = 0.2


@dataclass(slots=True)
class Played:
    """A sample in its engagement, with who acts for each side, and what was made so far."""

    sample: SampleEngagement
    deal: Engagement
    actor_on: Callable[[Engagement, str], Actor]
    sources: dict[str, Source] = field(default_factory=dict)

    @property
    def planning(self) -> Planning:
        return Planning(self.deal, self.acting)

    def acting(self, side: str) -> Actor:
        return self.actor_on(self.deal, side)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One thing that happens; of two at the same instant, that with the smaller place is first."""

    at: datetime
    place: int
    do: Callable[[], None] = field(compare=False)


def live_through(played: Played, *, on_progress: Callable[[int, int], None] | None = None) -> None:
    """Play it from the terms to the last instant of its story, then tell what waits to whom it waits for."""
    agreement = _agree_terms(played)
    steps = sorted(_steps(played, agreement))
    for number, step in enumerate(steps, 1):
        step.do()
        if on_progress:
            on_progress(number, len(steps))
    if played.sample.plan:
        played.planning.settle(played.sample.plan[-1].at, lambda row: _work(row, played.sample.ends_at))
    _tell(played)


def _agree_terms(played: Played) -> Agreement:
    """The client writes and proposes, the provider agrees."""
    sample, at = played.sample, played.sample.begins_at
    client, provider = played.acting(Side.CLIENT), played.acting(Side.PROVIDER)
    ready = prepared(sample.terms_yaml)
    with entered(client.reach):
        agreement = make_agreement(
            client, played.deal, title=sample.name, currency=LIVES[sample.size].currency,
            signed_on=LIVES[sample.size].signed_on, at=at,
        )  # fmt: skip
        own = internal_space_of(client.organisation, played.deal.pk)  # type: ignore[arg-type]  # who acts belongs to one
        draft = draft_terms(client, own, agreement=agreement, text=sample.terms_yaml, based_on=0, at=at)
        version = propose_terms(client, draft, prepared=ready, side=Side.CLIENT, at=at)
    with entered(provider.reach):
        agree_terms(provider, version, typed=str(version.number), at=at)
        for key in source_keys(sample.terms_yaml):
            played.sources[key] = add_source(
                provider, played.deal, key=key, name=key.replace("_", " ").capitalize(),
                mapping=mapping_of(sample.terms_yaml, key), at=at,
            )  # fmt: skip
    return agreement


def _steps(played: Played, agreement: Agreement) -> Iterator[Step]:
    for upload in played.sample.uploads:
        yield Step(upload.received_at, 0, lambda one=upload: _upload(played, one))  # type: ignore[misc]  # bound now, on purpose
    for adjustment in played.sample.adjustments:
        yield from _adjustment_steps(played, agreement, adjustment)
    for month in played.sample.months:
        yield from _month_steps(played, agreement, month)
    for entry in played.sample.entries:
        yield Step(entry.at, 6, lambda one=entry: keep_entry(one, played.deal, played.acting))  # type: ignore[misc]  # as above
    for sheet in played.sample.proved:
        yield Step(sheet.at, 6, lambda one=sheet: take_sheet(one, played.deal, played.acting))  # type: ignore[misc]  # as above
    for relief in played.sample.reliefs:
        yield Step(relief.at, 9, lambda one=relief: ask_for(one, played.deal, played.acting))  # type: ignore[misc]  # as above
    for view in played.sample.views:
        yield Step(view.at, 6, lambda one=view: keep_view(one, played.deal, played.acting))  # type: ignore[misc]  # as above
    yield from _transition(played)
    for at, do in document_steps(played.sample.documents, played.deal, played.acting):
        yield Step(at, 6, do)
    for event in played.sample.plan:
        yield Step(event.at, 5, lambda one=event: played.planning.play(one))  # type: ignore[misc]  # as above


def _transition(played: Played) -> Iterator[Step]:
    """What is owed, asked and learned, and what happens at the gates."""
    if (learning := played.sample.learning) is not None:
        yield Step(learning.at, 6, lambda: teach(learning, played.deal, played.acting))
    for owed in played.sample.owed:
        for at, do in Owing(owed, played.deal, played.acting).happenings():
            yield Step(at, 7, do)
    for survey in played.sample.surveys:
        for at, do in survey_steps(survey, played.deal, played.acting):
            yield Step(at, 7, do)
    if played.sample.gates is not None:
        for at, do in Gating(played.sample.gates, played.deal, played.acting).happenings():
            yield Step(at, 8, do)


def _upload(played: Played, one: SampleUpload) -> None:
    """Receive the file and read it as the worker does."""
    actor, source = played.acting(Side.PROVIDER), played.sources[one.source]
    with (
        entered(actor.reach),
        staged_from([one.content], source.space_id, one.file_name) as (staging, staged),
    ):
        upload = receive_upload(actor, source, staged=staged, at=one.received_at)
        staging.keep()
    _work(Outgoing.objects.get(key=f"{READ_UPLOAD}:{upload.pk}"), one.received_at)
    with entered(actor.reach):
        while not (found := Upload.objects.get(pk=upload.pk)).is_over:
            time.sleep(PATIENCE_SECONDS)  # another worker has taken it first
    if found.state != Upload.State.READ:
        raise RuntimeError(f"{one.file_name} was not read: {found.said}")


def _work(row: Outgoing, at: datetime) -> None:
    """One row of the outbox, at the instant of the story, unless another worker has it."""
    held = claimed(datetime.now(UTC), only=row)  # the lease is of this day, whatever day is told
    if held is None:
        return
    task = Task(held, lambda: at)
    with entered(task.actor.reach):
        HANDLERS[held.kind](task)
    Outgoing.objects.filter(pk=held.pk).update(done_at=at, leased_until=None)


def _adjustment_steps(played: Played, agreement: Agreement, one: SampleAdjustment) -> Iterator[Step]:
    """One side proposes, the other accepts where the story says so."""
    other = Side.PROVIDER if one.proposed_by == "client" else Side.CLIENT
    made: list[Adjustment] = []
    yield Step(one.at, 1, lambda: made.append(_propose(played, agreement, one)))
    if one.answered_at is not None:
        answered_at = one.answered_at
        yield Step(answered_at, 1, lambda: _accept(played, other, made[-1], answered_at))


def _propose(played: Played, agreement: Agreement, one: SampleAdjustment) -> Adjustment:
    actor = played.acting(one.proposed_by)
    with entered(actor.reach):
        return propose_adjustment(actor, agreement, side=one.proposed_by, said=said_of(one.text), at=one.at)


def _accept(played: Played, side: str, made: Adjustment, at: datetime) -> None:
    actor = played.acting(side)
    with entered(actor.reach):
        accept_adjustment(actor, made, at=at)


def said_of(text: str) -> dict[str, Any]:
    """What an adjustment says, without what the room keeps itself: id, and who proposed and accepted it when."""
    content: Any = read_document(text, name="adjustment").content
    if isinstance(content, dict) and "adjustments" in content:
        content = content["adjustments"]
    found = content[0] if isinstance(content, list) else content
    return {key: value for key, value in found.items() if key not in {"id", "proposed", "accepted"}}


def _month_steps(played: Played, agreement: Agreement, month: SampleMonth) -> Iterator[Step]:
    """Issued and answered; a disputed month is issued again as a revision; the month that runs is only a draft."""
    if month.story == "in progress":
        yield Step(month.as_of, 4, lambda: _draft_both(played, agreement, month))
        return
    issued_at = month.issued_at or month.as_of
    made: list[Statement] = []
    yield Step(issued_at, 2, lambda: made.append(_issue(played, agreement, month, month.as_of, issued_at)))
    if month.answered_at is None:
        return
    answered_at = month.answered_at
    if month.story == "agreed":
        yield Step(answered_at, 3, lambda: _agree(played, made[-1], answered_at))
        return
    yield Step(answered_at, 3, lambda: _dispute(played, made[-1], month, answered_at))
    if month.revised_at is not None:
        again, as_of = month.revised_at, month.revised_as_of or month.revised_at
        yield Step(again, 2, lambda: made.append(_issue(played, agreement, month, as_of, again)))


def _draft_both(played: Played, agreement: Agreement, month: SampleMonth) -> None:
    """The month that runs, in each side's own draft: both see the same records, so it is computed once."""
    computed = _computed(played, agreement, month, month.as_of)
    for side in Side:
        _draft(played, agreement, computed, side)


def _computed(played: Played, agreement: Agreement, month: SampleMonth, as_of: datetime) -> Computed:
    with entered(played.acting(Side.PROVIDER).reach):
        return revised_month(chosen_now(agreement, month.period, as_of=as_of), month.period)


def _draft(played: Played, agreement: Agreement, computed: Computed, side: str) -> StatementDraft:
    actor = played.acting(side)
    with entered(actor.reach):
        own = own_space_of(actor, played.deal.pk)
        return draft_statement(actor, own, agreement=agreement, computed=computed, at=computed.as_of)


def _issue(
    played: Played, agreement: Agreement, month: SampleMonth, as_of: datetime, at: datetime
) -> Statement:
    actor = played.acting(Side.PROVIDER)
    draft = _draft(played, agreement, _computed(played, agreement, month, as_of), Side.PROVIDER)
    with entered(actor.reach):
        return issue_statement(actor, draft, answer_by_on=(at + TO_ANSWER).date(), at=at)


def _agree(played: Played, made: Statement, at: datetime) -> None:
    actor = played.acting(Side.CLIENT)
    with entered(actor.reach):
        agree_statement(actor, made, typed=confirmation_of(json.loads(made.body)), at=at)


def _dispute(played: Played, made: Statement, month: SampleMonth, at: datetime) -> None:
    level = month.disputed_level or json.loads(made.body)["levels"][0]["id"]
    actor = played.acting(Side.CLIENT)
    with entered(actor.reach):
        dispute_line(actor, made, level=level, reason=month.reason, at=at)


def _tell(played: Played) -> None:
    """Notices of what waits at the end of the story; all earlier rows are done, and call nobody."""
    at = played.sample.ends_at
    spaces = {played.deal.space_id}
    spaces |= {internal_space_of(played.acting(side).organisation, played.deal.pk).pk for side in Side}  # type: ignore[arg-type]  # as above
    for kinds in (list(FOR), [f"{NOTIFY}.{kind}" for kind in FOR]):
        for row in Outgoing.objects.filter(space_id__in=spaces, kind__in=kinds, done_at__isnull=True):
            _work(row, at)
