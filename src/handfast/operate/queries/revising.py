"""Why a revision says something else: every cause added to the former inputs, one after the other, and what it moved."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from handfast.kernel.refusal import Refusal
from handfast.kernel.servicelevels.canonical import name_of
from handfast.operate.models import Adjustment, Statement
from handfast.operate.queries.computed import chosen_then, computed_month
from handfast.operate.queries.moved import moved_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from handfast.operate.models import ReportedValue
    from handfast.operate.queries.computed import Chosen, Computed
    from handfast.records.models import Batch

# A month is computed once for each step: beyond so many, neighbours in the order are taken together.
MOST_STEPS = 24
LATER = "later instant"


@dataclass(frozen=True, slots=True)
class Cause:
    """One change of the inputs: what, when, and how it is put into them."""

    kind: str
    id: str
    at: datetime
    put: Callable[[Chosen], Chosen]

    def as_plain(self) -> dict[str, Any]:
        return {"kind": self.kind, "id": self.id, "at": self.at.astimezone(UTC).isoformat()}


def revised_month(chosen: Chosen, period: str) -> Computed:
    """The statement of one month and, where one was issued before, the causes of what moved since its last revision."""
    computed = computed_month(chosen, period)
    rows = Statement.objects.filter(agreement=chosen.agreement, period=period)
    former = rows.order_by("revision").last()
    return computed if former is None else replace(computed, causes=causes_since(former, chosen, computed))


def causes_since(former: Statement, chosen: Chosen, computed: Computed) -> dict[str, Any]:
    """{"since": id, "lines": [{"causes", "digest", "levels", "sum", "unit"}]}: a line for each step, in order.

    A step that the kernel refuses, such as records whose terms come with a later cause, is taken together with the
    next one. The sums of the lines are the difference of the two revisions.
    """
    start = chosen_then(chosen.agreement, former.inputs, as_of=former.as_of)
    lines = list(_lines(former, start, causes_between(start, chosen), computed))
    return {"since": str(former.pk), "lines": lines}


def causes_between(before: Chosen, after: Chosen) -> list[Cause]:
    """What is not the same, by the instant of each change, then by its id.

    Before all of them the instant as of which records are judged, since nothing that came later counts before it.
    """
    found = [
        *_batch_causes(before, after),
        *_adjustment_causes(before, after),
        *_reported_causes(before, after),
    ]
    if before.terms.pk != after.terms.pk:
        terms = after.terms
        at = terms.answered_at or terms.proposed_at
        found.append(Cause("terms changed", str(terms.pk), at, lambda here: replace(here, terms=terms)))
    found.sort(key=lambda cause: (cause.at, cause.id))
    if before.as_of != after.as_of:
        later = after.as_of
        found.insert(0, Cause(LATER, "", later, lambda here: replace(here, as_of=later)))
    return found


def _lines(
    former: Statement, start: Chosen, causes: Sequence[Cause], computed: Computed
) -> Iterator[dict[str, Any]]:
    body = json.loads(former.body)
    begun = _body_of(start, computed.period)
    if begun is not None and name_of(begun) != former.digest:
        yield _line([{"kind": "computed anew", "id": "", "at": None}], body, begun)
        body = begun
    here, waiting = start, list[Cause]()
    for bundle in _bundles(causes):
        for cause in bundle:
            here = cause.put(here)
        waiting += bundle
        after = computed.body if _are_same(here, computed) else _body_of(here, computed.period)
        if after is None:
            continue
        line = _line([cause.as_plain() for cause in waiting], body, after)
        if waiting[0].kind != LATER or len(waiting) > 1 or line["levels"]:
            yield line
        body, waiting = after, []
    if name_of(body) != computed.digest:
        told = [cause.as_plain() for cause in waiting]
        yield _line([*told, {"kind": "together", "id": "", "at": None}], body, computed.body)


def _bundles(causes: Sequence[Cause]) -> list[Sequence[Cause]]:
    """Each cause alone; more of them than steps are neighbours in bundles as even as they go."""
    steps = min(len(causes), MOST_STEPS)
    borders = [len(causes) * step // steps for step in range(steps + 1)] if steps else []
    return [causes[first:last] for first, last in pairwise(borders)]


def _line(causes: list[dict[str, Any]], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {"causes": causes, "digest": name_of(after), **moved_between(before, after)}


def _body_of(chosen: Chosen, period: str) -> dict[str, Any] | None:
    """The month as the kernel computes it from these inputs; None where they do not fit together."""
    try:
        return computed_month(chosen, period).body
    except Refusal:
        return None


def _are_same(here: Chosen, computed: Computed) -> bool:
    return here.as_of == computed.as_of and _sorted(here.as_plain()) == _sorted(computed.inputs)


def _sorted(inputs: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(value) if isinstance(value, list) else value for key, value in inputs.items()}


def _batch_causes(before: Chosen, after: Chosen) -> Iterator[Cause]:
    old, new = ({one.pk: one for one in chosen.batches} for chosen in (before, after))
    for batch in (new[key] for key in new if key not in old):
        yield Cause("batch received", str(batch.pk), batch.received_at, _with_batch(batch))
    for batch in (old[key] for key in old if key not in new):
        at = batch.withdrawn_at or after.as_of
        yield Cause("batch withdrawn", str(batch.pk), at, _without_batch(batch))


def _with_batch(batch: Batch) -> Callable[[Chosen], Chosen]:
    return lambda here: replace(here, batches=(*here.batches, batch))


def _without_batch(batch: Batch) -> Callable[[Chosen], Chosen]:
    return lambda here: replace(here, batches=tuple(one for one in here.batches if one.pk != batch.pk))


def _adjustment_causes(before: Chosen, after: Chosen) -> Iterator[Cause]:
    old, new = ({one.pk: one for one in chosen.adjustments} for chosen in (before, after))
    for key, one in new.items():
        if key not in old or old[key].state != one.state:
            yield _adjusted(one, one.state, one)
    gone = [key for key in old if key not in new]
    answered = {one.pk: one for one in Adjustment.objects.filter(pk__in=gone)} if gone else {}
    for key in gone:
        yield _adjusted(answered[key], answered[key].state, None)


def _adjusted(one: Adjustment, state: str, put: Adjustment | None) -> Cause:
    def _put(here: Chosen) -> Chosen:
        rest = tuple(other for other in here.adjustments if other.pk != one.pk)
        return replace(here, adjustments=rest if put is None else (*rest, put))

    return Cause(f"adjustment {state}", str(one.pk), one.answered_at or one.proposed_at, _put)


def _reported_causes(before: Chosen, after: Chosen) -> Iterator[Cause]:
    """One cause for a measure's month: the later report, or the withdrawal that lets an earlier one stand."""
    old, new = ({one.subject: one for one in chosen.reported} for chosen in (before, after))
    for subject in {**old, **new}:
        was, now = old.get(subject), new.get(subject)
        if was is not None and now is not None and was.pk == now.pk:
            continue
        if now is not None and (was is None or now.reported_at > was.reported_at):
            yield _reported(now, "value reported", now.reported_at, now)
        elif was is not None:
            yield _reported(was, "value withdrawn", was.withdrawn_at or after.as_of, now)


def _reported(told: ReportedValue, kind: str, at: datetime, put: ReportedValue | None) -> Cause:
    def _put(here: Chosen) -> Chosen:
        rest = tuple(one for one in here.reported if one.subject != told.subject)
        return replace(here, reported=rest if put is None else (*rest, put))

    return Cause(kind, str(told.pk), at, _put)
