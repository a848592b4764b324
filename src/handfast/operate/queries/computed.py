"""One month computed: the inputs gathered through the fence, the body made by the kernel."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.contract.models import TermsVersion
from handfast.contract.queries import agreements_of, annex_of, parsed_terms, terms_for_month
from handfast.foundation.refusals import NotSeen
from handfast.kernel.quantity import instant_of
from handfast.kernel.servicelevels.canonical import canonical_bytes, name_of
from handfast.kernel.servicelevels.engines import open_engine
from handfast.kernel.servicelevels.statement import Inputs, statement_body
from handfast.operate.models import Adjustment, Statement
from handfast.operate.queries.adjusting import adjustments_read
from handfast.operate.queries.reported import reported_named, reported_read, reported_standing
from handfast.operate.refusals import NoTermsYet
from handfast.records.queries import batches_named, logs_of, prepared_in, standing_batches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from handfast.contract.models import Agreement
    from handfast.engagement.models import Engagement
    from handfast.kernel.servicelevels.questions import Engine
    from handfast.operate.models import ReportedValue
    from handfast.records.models import Batch

THREADS = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a month is computed from: terms, the batches that stand, adjustments and reported values, as of an instant."""

    agreement: Agreement
    terms: TermsVersion
    batches: tuple[Batch, ...]
    adjustments: tuple[Adjustment, ...]
    as_of: datetime
    reported: tuple[ReportedValue, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """Their ids, to find them again. Adjustments with the state they had: it may change later."""
        return {
            "terms": str(self.terms.pk),
            "batches": [str(batch.pk) for batch in self.batches],
            "adjustments": [[str(one.pk), one.state] for one in self.adjustments],
            "reported": [str(one.pk) for one in self.reported],
        }


@dataclass(frozen=True, slots=True)
class Computed:
    """A month's body with its name, what it was computed from, and of a revision what moved (`queries.revising`)."""

    period: str
    as_of: datetime
    body: dict[str, Any]
    digest: str
    inputs: dict[str, Any]
    causes: dict[str, Any] | None = None

    @property
    def body_text(self) -> str:
        return canonical_bytes(self.body).decode()


def agreement_in(engagement: Engagement) -> Agreement:
    """The agreement whose months are kept: the first. Raises NoTermsYet."""
    found = agreements_of(engagement).first()
    if found is None:
        raise NoTermsYet("there is no agreement yet: write its terms first")
    return found


def terms_judging(agreement: Agreement, period: str) -> TermsVersion | None:
    """The version that judges a month: of one that both sides agreed the version under which they did.

    So late records, or an accepted exclusion, revise such a month, and terms that were agreed later do not.
    """
    agreed = Statement.objects.filter(agreement=agreement, period=period, state=Statement.State.AGREED)
    last = agreed.order_by("-revision").only("inputs").first()
    if last is None:
        return terms_for_month(agreement, period)
    return TermsVersion.objects.filter(agreement=agreement, pk=last.inputs["terms"]).first()


def chosen_now(agreement: Agreement, period: str, *, as_of: datetime) -> Chosen:
    """What a month is computed from at `as_of`: its terms, batches received, adjustments proposed, values reported.

    Raises NoTermsYet, NoSuchPeriod.
    """
    terms = terms_judging(agreement, period)
    if terms is None:
        raise NoTermsYet("no terms are in force: agree terms first, then a month can be computed")
    batches = standing_batches(agreement.engagement, received_by=as_of)
    open_or_accepted = (Adjustment.State.PROPOSED, Adjustment.State.ACCEPTED)
    adjustments = Adjustment.objects.filter(
        agreement=agreement, proposed_at__lte=as_of, state__in=open_or_accepted
    )
    reported = reported_standing(agreement, as_of=as_of)
    return Chosen(agreement, terms, tuple(batches), tuple(adjustments), as_of, tuple(reported))


def chosen_then(agreement: Agreement, inputs: dict[str, Any], *, as_of: datetime) -> Chosen:
    """What a statement was computed from, found again by its ids. Raises NotSeen where one is out of sight."""
    terms = TermsVersion.objects.filter(agreement=agreement, pk=inputs["terms"]).first()
    if terms is None:
        raise NotSeen
    batches = batches_named(agreement.engagement, [UUID(one) for one in inputs["batches"]])
    states = {UUID(one): state for one, state in inputs["adjustments"]}
    adjustments = list(Adjustment.objects.filter(agreement=agreement, pk__in=states))
    for one in adjustments:
        one.state = states[one.pk]
    reported = reported_named(agreement, [UUID(one) for one in inputs.get("reported", ())])
    return Chosen(agreement, terms, tuple(batches), tuple(adjustments), as_of, tuple(reported))


def inputs_of(chosen: Chosen) -> Inputs:
    """The kernel's inputs."""
    terms = parsed_terms(chosen.terms)
    logs, intervals = logs_of(chosen.agreement.engagement, received_by=chosen.as_of, batches=chosen.batches)
    return Inputs(
        terms,
        annex_of(chosen.terms),
        instant_of(chosen.as_of),
        {key: log for key, log in logs.items() if key in terms.first.sources},
        {key: log for key, log in intervals.items() if key in terms.first.sources},
        adjustments_read(chosen.adjustments, terms),
        reported_read(chosen.reported, terms),
    )


@contextmanager
def engine_over(inputs: Inputs, chosen: Chosen) -> Iterator[Engine]:
    """The embedded engine over these inputs; what it prepares is kept inside the space's own folder."""
    with prepared_in(chosen.agreement.space_id) as cache:
        engine = open_engine("duckdb", inputs.evidence(), cache=cache, threads=THREADS)
        try:
            yield engine
        finally:
            engine.close()


def computed_month(chosen: Chosen, period: str) -> Computed:
    """The statement of one month ('2026-03'); what is wrong with it is refused by the kernel's own words."""
    inputs = inputs_of(chosen)
    with engine_over(inputs, chosen) as engine:
        body = statement_body(inputs, engine, period)
    return Computed(period, chosen.as_of, body, name_of(body), chosen.as_plain())
