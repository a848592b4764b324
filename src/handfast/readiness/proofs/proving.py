"""Proofs over technical checks, access, rehearsals and the parallel run."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from handfast.governance.models import RegisterEntry
from handfast.kernel.proportion import wilson_lower
from handfast.kernel.worktime.zones import zone_named
from handfast.readiness.proofs.counting import (
    counted,
    day_of,
    entries_of,
    lacks_of,
    number_of,
    over,
    share_of,
)
from handfast.readiness.proofs.declared import MOST_LACKING, Asked, Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

TOUCHES = ("procedures", "hand_offs", "systems", "shifts")
PASSED = ("passed", "remark")
RUN = (*PASSED, "failed")
SEVERE = ("1", "2")


@over("checks", "Blocking checks green", "share")
def blocking_checks_green_share(asked: Asked) -> Measured:
    """Technical checks that block, are green and still fresh, over all that block and apply."""
    return _green(asked, [one for one in _that_apply(asked) if one.own.get("blocks") == "yes"])


@over("checks", "Checks green", "share")
def checks_green_share(asked: Asked) -> Measured:
    """Technical checks that are green and still fresh, over all that apply."""
    return _green(asked, _that_apply(asked))


@over("access", "Access proved", "share")
def access_proved_share(asked: Asked) -> Measured:
    """Pairs of person and application whose own sign-in is proved, over the pairs of whoever has not left.

    Where the class has a first day, a sign-in that was proved on or after it counts as well, and is late for the class.
    """
    here = _pairs(asked).filter(left__isnull=True).exclude(state="closed")
    return _told(here, Q(state="proved"), "no access is asked for yet")


@over("access", "Access proved before class", "share")
def access_before_class_share(asked: Asked) -> Measured:
    """Pairs of person and application proved before the first day of class, of classes that begin within a week or have.

    Whoever has left is not counted.
    """
    soon = (asked.today + timedelta(days=7)).isoformat()
    begun = _pairs(asked).filter(left__isnull=True, first__lte=soon)
    return _told(begun, Q(proved__lt=F("first")), "no class begins within a week")


@over("access", "Access of leavers closed", "share")
def leaver_access_closed_share(asked: Asked) -> Measured:
    """Pairs of person and application of whoever has left whose access is closed, over all of whoever has left."""
    gone = _pairs(asked).filter(left__lte=asked.today.isoformat())
    return _told(gone, Q(state="closed"), "nobody has left yet")


@over("transfers", "Data flows without a basis", "count")
def transfers_without_basis(asked: Asked) -> Measured:
    """Data flows over a border without a recorded lawful basis."""
    every = entries_of(asked, "transfers")
    return counted(every, [one for one in every if not one.own.get("basis")], "without one")


@over("scenarios", "Rehearsal coverage", "share")
def rehearsal_coverage_share(asked: Asked) -> Measured:
    """Procedures, hand-offs, systems and shifts that a scenario which was run touches, over all that any scenario names.

    Each is named in its field, with commas between; small letters and capitals are one.
    """
    scenarios = entries_of(asked, "scenarios")
    named = touched_by(scenarios)
    if not named:
        return Measured(None, "the scenarios do not say yet what they touch")
    ran = touched_by(one for one in scenarios if one.state in RUN)
    done = sum(1 for one in named if one in ran)
    lacking = [one for one in scenarios if one.state not in RUN and set(touched_by([one])) - set(ran)]
    return Measured(Fraction(done, len(named)), f"{done} of {len(named)} touched", None, lacks_of(lacking))


@over("scenarios", "Scenarios passed", "share")
def scenarios_passed_share(asked: Asked) -> Measured:
    """Scenarios that passed in their last run, also with a remark, over those that were run."""
    ran = [one for one in entries_of(asked, "scenarios") if one.state in RUN]
    return share_of(ran, [one for one in ran if one.state not in PASSED], "no scenario was run yet")


@over("defects", "Severe defects open", "count")
def severe_defects_open(asked: Asked) -> Measured:
    """Defects of severity 1 or 2 whose retest has not passed; none where scenarios were run and nothing was found."""
    every = entries_of(asked, "defects")
    if not every and any(one.state in RUN for one in entries_of(asked, "scenarios")):
        return Measured(Fraction(0), "none was found")
    return counted(
        every, [one for one in every if not one.is_done and one.own.get("severity") in SEVERE], "open"
    )


@over("parallel", "Agreement in the parallel run", "share")
def parallel_agreement_lower_share(asked: Asked) -> Measured:
    """The lower end of the 95 % Wilson interval of the share of cases that both sides handled alike, all days together."""
    ran = _ran(asked)
    cases = sum((number_of(one, "cases") or Fraction(0) for one in ran), Fraction(0))
    alike = sum((number_of(one, "alike") or Fraction(0) for one in ran), Fraction(0))
    if not cases:
        return Measured(None, "no case was handled by both sides yet")
    if cases.denominator != 1 or alike.denominator != 1:
        return Measured(None, "cases are counted in whole numbers")
    low = wilson_lower(int(alike), int(cases))
    return Measured(low, f"{int(alike):,} of {int(cases):,} alike")


@over("parallel", "Days of parallel run", "days")
def parallel_days(asked: Asked) -> Measured:
    """Days on which both sides handled the same cases."""
    ran = _ran(asked)
    if not ran:
        return Measured(None, "none was run yet")
    days = {one.own["ran_on"] for one in ran}
    return Measured(Fraction(len(days)), f"{len(days)} days")


def touched_by(scenarios: Iterable[RegisterEntry]) -> dict[tuple[str, str], str]:
    """What scenarios touch, by field and word in small letters; the word as it was first written."""
    found: dict[tuple[str, str], str] = {}
    for one in scenarios:
        for field in TOUCHES:
            for word in one.own.get(field, "").split(","):
                if word.strip():
                    found.setdefault((field, word.strip().casefold()), word.strip())
    return found


def _that_apply(asked: Asked) -> list[RegisterEntry]:
    return [one for one in entries_of(asked, "checks") if one.state != "not-needed"]


def _green(asked: Asked, every: Sequence[RegisterEntry]) -> Measured:
    if not every:
        return Measured(None, "no check is listed yet")
    left = [one for one in every if not _is_fresh(one, asked)]
    days = [day for one in every if _is_fresh(one, asked) and (day := day_of(one, "checked_on"))]
    oldest = min(days, default=None)
    as_of = None
    if oldest is not None:
        as_of = min(datetime.combine(oldest, datetime.min.time(), zone_named(asked.deal.zone)), asked.at)
    done = len(every) - len(left)
    return Measured(Fraction(done, len(every)), f"{done} of {len(every)}", as_of, lacks_of(left))


def _is_fresh(one: RegisterEntry, asked: Asked) -> bool:
    """Green, checked by today, and not longer ago than it stays fresh."""
    checked, days = day_of(one, "checked_on"), number_of(one, "fresh_days")
    if one.state != "green" or checked is None or checked > asked.today:
        return False
    return days is None or (asked.today - checked).days <= days


def _pairs(asked: Asked) -> QuerySet[Any, Any]:
    """Counted by the database, since thousands of people have tens of thousands of them; days as text, None where empty."""
    days = {"left": "left_on", "first": "first_day", "proved": "proved_on"}
    rows: QuerySet[Any, Any] = RegisterEntry.objects.filter(
        engagement=asked.deal, register="access", space_id=asked.deal.space_id
    )
    told: QuerySet[Any, Any] = rows.annotate(
        **{name: Cast(KeyTextTransform(field, "own"), TextField()) for name, field in days.items()}
    )
    return told


def _told(rows: QuerySet[Any, Any], is_done: Q, none: str) -> Measured:
    counts = rows.order_by().aggregate(every=Count("pk"), done=Count("pk", filter=is_done))
    every, done = counts["every"], counts["done"]
    if not every:
        return Measured(None, none)
    left = (
        list(rows.exclude(is_done).order_by("number").select_related("engagement")[:MOST_LACKING])
        if done < every
        else []
    )
    return Measured(Fraction(done, every), f"{done:,} of {every:,}", None, lacks_of(left))


def _ran(asked: Asked) -> list[RegisterEntry]:
    return [one for one in entries_of(asked, "parallel") if one.state == "run"]
