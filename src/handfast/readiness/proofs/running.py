"""Proofs over what go-live, stabilisation and the set-up of governance leave behind."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded
from handfast.readiness.proofs.counting import counted, entries_of, lacks_of, number_of, over, share_of
from handfast.readiness.proofs.declared import Asked, Measured

if TYPE_CHECKING:
    from handfast.governance.models import RegisterEntry

WINDOW = 10  # days of the command centre


@over("briefings", "Users briefed", "share")
def users_briefed_share(asked: Asked) -> Measured:
    """People who confirm that they know about the new way of working, over all who must."""
    every = entries_of(asked, "briefings")
    people = sum((number_of(one, "people") or Fraction(0) for one in every), Fraction(0))
    if not people:
        return Measured(None, "nobody is named yet who must know")
    confirmed = sum((number_of(one, "confirmed") or Fraction(0) for one in every), Fraction(0))
    left = [one for one in every if number_of(one, "confirmed") != number_of(one, "people")]
    said = f"{_plain(confirmed)} of {_plain(people)} people"
    return Measured(Fraction(confirmed, people), said, None, lacks_of(left))


@over("cases", "Ten cases passed", "share")
def ten_cases_passed_share(asked: Asked) -> Measured:
    """Agents who passed their ten cases, over all agents."""
    every = entries_of(asked, "cases")
    return share_of(every, [one for one in every if one.state != "passed"], "no agent is listed yet")


@over("reports", "Reports tried", "share")
def reports_tested_share(asked: Asked) -> Measured:
    """Reports of which a full cycle was tried, over all that were agreed."""
    every = entries_of(asked, "reports")
    return share_of(every, [one for one in every if one.state != "tried"], "no report is agreed yet")


@over("reports", "Clean reports in a row", "count")
def clean_reports(asked: Asked) -> Measured:
    """The fewest times in a row that a report was accepted without correction, of all reports."""
    every = entries_of(asked, "reports")
    if not every:
        return Measured(None, "no report is agreed yet")
    runs = [number_of(one, "in_a_row") or Fraction(0) for one in every]
    fewest = min(runs)
    least = [one for one, run in zip(every, runs, strict=True) if run == fewest]
    return Measured(fewest, f"{_plain(fewest)} in a row", None, lacks_of(least))


@over("obligations", "Obligations without an owner", "count")
def obligations_without_owner(asked: Asked) -> Measured:
    """Obligations of the contract that nobody owns, or that their owner has not taken on."""
    every = entries_of(asked, "obligations")
    return counted(every, [one for one in every if not one.is_done or one.owner_id is None], "not taken on")


@over("dependencies", "Dependencies late", "count")
def dependencies_late(asked: Asked) -> Measured:
    """What one side owes the other and has not delivered on the day after the one on which it was due."""
    every = entries_of(asked, "dependencies")
    late = [
        one for one in every if one.state == "owed" and one.due_on is not None and one.due_on < asked.today
    ]
    return counted(every, late, "late")


@over("command", "Volume carried", "share")
def volume_carried_share(asked: Asked) -> Measured:
    """Volume that the provider handled over what came in for the whole scope, in the last ten days of the command centre."""
    days = _last_days(asked)
    came = sum((number_of(one, "came_in") or Fraction(0) for one in days), Fraction(0))
    if not came:
        return Measured(None, "no day was written down yet")
    handled = sum((number_of(one, "handled") or Fraction(0) for one in days), Fraction(0))
    said = f"{_plain(handled)} of {_plain(came)} in {len(days)} days"
    return Measured(Fraction(handled, came), said, None, ())


@over("command", "Backlog against normal", "ratio")
def backlog_ratio(asked: Asked) -> Measured:
    """Work in hand over what is normally in hand, on the last day that was written down."""
    last = _last_days(asked)[-1:]
    normal = number_of(last[0], "normal") if last else None
    if not normal:
        return Measured(
            None, "no day says what is normally in hand" if last else "no day was written down yet"
        )
    in_hand = number_of(last[0], "in_hand") or Fraction(0)
    return Measured(
        Fraction(in_hand, normal), f"{_plain(in_hand)} against {_plain(normal)}", None, lacks_of(last)
    )


@over("command", "Hours of experts", "ratio")
def expert_hours_ratio(asked: Asked) -> Measured:
    """Hours of the client's experts in the last five days that were written down, over those in the first five."""
    days = [one for one in _days(asked) if number_of(one, "expert_hours") is not None]
    if len(days) < 10:  # noqa: PLR2004 - two weeks of five days
        return Measured(None, "ten days with hours are needed, five to hold against five")
    first, last = (
        sum((number_of(one, "expert_hours") or Fraction(0) for one in part), Fraction(0))
        for part in (days[:5], days[-5:])
    )
    if not first:
        return Measured(None, "the first five days have no hours")
    return Measured(Fraction(last, first), f"{_plain(last)} h against {_plain(first)} h")


@over("handover", "Hand-over done", "share")
def handover_done_share(asked: Asked) -> Measured:
    """What lives on after the transition and is handed over, over all that is."""
    every = entries_of(asked, "handover")
    return share_of(every, [one for one in every if one.state != "done"], "nothing is listed yet")


def _days(asked: Asked) -> list[RegisterEntry]:
    """The closed days of the command centre that are over, in their order."""
    closed = [one for one in entries_of(asked, "command") if one.state == "closed"]
    today = asked.today.isoformat()
    return sorted(
        (one for one in closed if one.own["on"] <= today), key=lambda one: (one.own["on"], one.number)
    )


def _last_days(asked: Asked) -> list[RegisterEntry]:
    return _days(asked)[-WINDOW:]


def _plain(value: Fraction) -> str:
    """Numbers of these registers have at most three places, and so have their sums."""
    return (
        f"{rounded(value, 3, 'half up'):,}".rstrip("0").rstrip(".")
        if value.denominator > 1
        else f"{value.numerator:,}"
    )
