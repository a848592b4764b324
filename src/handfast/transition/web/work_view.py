"""My work as a page: what is late, what runs, what begins within two weeks, on the reader's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of
from handfast.kernel.worktime.zones import zone_named
from handfast.transition.permissions import may_report_progress
from handfast.transition.queries.told import agreed_on, day_of, ends_on, told_at
from handfast.transition.web.forms import ProgressForm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Activity
    from handfast.transition.queries.working import Waiting, Work

WHOSE = {"own": "yours", "role": "for your role", "side": "for your side"}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """An activity with its end on the reader's clock; `said_late` is empty where it is not late."""

    id: UUID
    engagement: UUID
    deal: str
    name: str
    kind: str
    lead: str
    only: str
    whose: str
    begins: str
    ends: str
    agreed_on: date | None
    said_late: str
    why: str
    form: ProgressForm | None
    has_started: bool


@dataclass(frozen=True, slots=True)
class WorkView:
    """The page, with the sentence's figures: `own` counts what is the reader's by name."""

    late: tuple[WorkLine, ...]
    running: tuple[WorkLine, ...]
    following: tuple[WorkLine, ...]
    waiting: Waiting
    own: int
    deals: int
    zone: str

    @property
    def groups(self) -> tuple[tuple[str, str, tuple[WorkLine, ...]], ...]:
        """Heading, what stands there when nothing does, and the lines."""
        return (
            ("Late", "Nothing is late.", self.late),
            ("Running now", "Nothing runs now.", self.running),
            ("Begins within two weeks", "Nothing begins within two weeks.", self.following),
        )

    @property
    def answers(self) -> int:
        """How much waits for an answer."""
        one = self.waiting
        return len(one.changes) + len(one.baselines) + len(one.freezes) + len(one.growths)


def work_view(actor: Actor, found: Sequence[Work], waiting: Waiting, *, zone: str, at: datetime) -> WorkView:
    """The lines in their three groups; whoever may report gets the form for it."""
    told = {one.activity.pk: told_at(one.activity.plan, at) for one in found}
    lines = [(one, _line(actor, one, zone, day_of(told[one.activity.pk], zone))) for one in found]
    late = [line for _, line in lines if line.said_late]
    rest = [(one, line) for one, line in lines if not line.said_late]
    return WorkView(
        tuple(late),
        tuple(line for one, line in rest if _has_begun(one, told[one.activity.pk])),
        tuple(line for one, line in rest if not _has_begun(one, told[one.activity.pk])),
        waiting,
        sum(one.whose == "own" for one in found),
        len({one.activity.plan.engagement_id for one in found}),
        zone.rpartition("/")[2].replace("_", " "),
    )


def is_late(one: Work, today: date, zone: str) -> bool:
    """Whether its forecast or its agreed end is past on the reader's calendar."""
    return bool(_said_late(one, today, zone))


def _has_begun(one: Work, at: datetime) -> bool:
    return one.activity.started_on is not None or one.dates.starts_at <= at


def _said_late(one: Work, today: date, zone: str) -> str:
    """How late it is: against what was agreed, else against what was foreseen, else because a deadline is missed."""
    agreed = agreed_on(one.activity, zone)
    days = max((today - agreed).days if agreed else 0, (today - ends_on(one.dates, zone)).days)
    if days > 0:
        return f"{days} day{'s' if days > 1 else ''} late"
    return "misses its deadline" if one.dates.is_late else ""


def _line(actor: Actor, one: Work, zone: str, today: date) -> WorkLine:
    activity = one.activity
    return WorkLine(
        activity.pk,
        activity.plan.engagement_id,
        activity.plan.engagement.name,
        activity.name,
        activity.kind,
        activity.lead,
        _only(actor, activity),
        WHOSE[one.whose],
        _clock(one.dates.starts_at, zone),
        _clock(one.dates.ends_at, zone),
        agreed_on(activity, zone),
        _said_late(one, today, zone),
        one.dates.why,
        _form(activity) if may_report_progress(actor, activity) else None,
        activity.started_on is not None,
    )


def _only(actor: Actor, activity: Activity) -> str:
    """The side that alone sees it, as its name; empty for what is shared."""
    if activity.space_id == activity.plan.space_id:
        return ""
    mine = party_of(activity.plan.engagement, actor.organisation)
    return mine.name if mine is not None else ""


def _form(activity: Activity) -> ProgressForm:
    """What is reported in the line; its fields have ids of their own, since the page has many."""
    facts = {
        "started_on": activity.started_on, "finished_on": activity.finished_on, "remaining": activity.remaining,
        "as_seen": activity.seen_as,
    }  # fmt: skip
    return ProgressForm(initial=facts, auto_id=f"id_{activity.pk.hex}_%s")


def _clock(instant: datetime, zone: str) -> str:
    """`Fri 12 Jun, 17:00` on the reader's clock."""
    local = instant.astimezone(zone_named(zone))
    return f"{local:%a} {local.day} {local:%b, %H:%M}"
