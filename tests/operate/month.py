"""March of a small desk: terms with a pool agreed by both, one file of tickets, and the verbs of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.contract.deal import TERMS, Bargain, bargain_of
from tests.factories.cast import make_cast
from tests.records.deal import work

from handfast.foundation.files.staged import staged_from
from handfast.foundation.scope import entered
from handfast.operate.actions import draft_statement, issue_statement
from handfast.operate.queries.computed import chosen_now
from handfast.operate.queries.revising import revised_month
from handfast.people.queries import own_space_of
from handfast.records.actions import add_source, receive_upload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.foundation.actor import Actor
    from handfast.operate.models import Statement, StatementDraft
    from handfast.records.models import Source

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
POOL = """regime:
  kind: pool
  currency: CAD
  charges: "100000.00"
  at_risk: 10 %
  pool_total: 100 %
  allocation_total: 100 %
  pools:
    response: {share: 100 %}
  credits:
    first_response: {pool: response, allocation: 100 %}
  rounding: {digits: 2, mode: half up}
"""
MAPPING = """sources:
  desk:
    kind: events
    record: Ticket
    at: {column: At, zone: UTC}
    event: Event
"""
# Office hours are 08:00 to 20:00 in Belgrade: 07:00 to 19:00 UTC. Four hours are the target.
ROWS = (
    ("L-1", "2026-03-02T09:00:00", "created"),
    ("L-1", "2026-03-02T10:00:00", "first_reply"),
    ("L-2", "2026-03-03T09:00:00", "created"),
    ("L-2", "2026-03-03T15:00:01", "first_reply"),
    ("L-3", "2026-03-04T18:00:00", "created"),
    ("L-3", "2026-03-05T09:00:00", "first_reply"),
)
LATE = (("L-2", "2026-03-03T09:00:00", "created"), ("L-2", "2026-03-03T10:00:00", "first_reply"))


def as_csv(rows: tuple[tuple[str, str, str], ...]) -> bytes:
    return "\n".join([",".join(row) for row in (("Ticket", "At", "Event"), *rows)]).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Month:
    """A bargain with its source; `client` and `provider` act."""

    bargain: Bargain
    source: Source

    @property
    def client(self) -> Actor:
        return self.bargain.client

    @property
    def provider(self) -> Actor:
        return self.bargain.provider

    def send(self, rows: tuple[tuple[str, str, str], ...], at: datetime = AT) -> None:
        self.send_text([("Ticket", "At", "Event"), *rows], at)

    def send_text(self, rows: Sequence[tuple[str, ...]], at: datetime = AT) -> None:
        """A file as it stands, its heads in the first row."""
        data = "\n".join(",".join(row) for row in rows).encode() + b"\n"
        with staged_from([data], self.source.space_id, "desk.csv") as (staging, staged):
            receive_upload(self.client, self.source, staged=staged, at=at, is_dry_run=False)
            staging.keep()
        work(at)

    def drafted(self, actor: Actor, period: str = "2026-03", at: datetime = AT) -> StatementDraft:
        with entered(actor.reach):
            agreement = self.bargain.agreement
            computed = revised_month(chosen_now(agreement, period, as_of=at), period)
            space = own_space_of(actor, agreement.engagement_id)
        return draft_statement(actor, space, agreement=agreement, computed=computed, at=at)

    def issued(self, actor: Actor | None = None, at: datetime = AT) -> Statement:
        who = actor or self.provider
        return issue_statement(who, self.drafted(who, at=at), answer_by_on=None, at=at)


def a_month(terms: str = TERMS) -> Month:
    cast = make_cast()
    bargain = bargain_of(cast)
    bargain.agreed(terms)
    source = add_source(bargain.client, cast.engagement, key="desk", name="Help desk", mapping=MAPPING, at=AT)
    made = Month(bargain, source)
    made.send(ROWS)
    return made
