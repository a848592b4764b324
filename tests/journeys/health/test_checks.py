"""Each check finds what it is for, and nothing in a deal that is sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.contract.deal import TERMS
from tests.journeys.health.facts import (
    ALL_WORDS,
    DANUBE,
    JOVANA,
    LUMEN,
    NOBODY,
    PRIYA,
    agreement,
    batch,
    day,
    entry,
    month,
    said,
    sound,
    source,
    told,
)

from handfast.journeys.health.catalogue import CHECKS, asked_of, found_in
from handfast.journeys.health.declared import named
from handfast.journeys.health.facts import ContractSeen, LevelSeen, Member, Side
from handfast.journeys.health.ways import mended_at

LATE = date(2027, 2, 1)
REGIME = """regime:
  kind: pool
  currency: EUR
  rounding: {digits: 2, mode: half up}
  charges: 412600.00
  at_risk: 10 %
  pool_total: 100 %
  allocation_total: 100 %
  pools: {response: {share: 100 %}}
  credits: {first_response: {pool: response, allocation: 100 %}}
"""
SURVEY = """  survey:
    kind: reported
    reported_by: client
    unit: percent
    rounding: {digits: 2, mode: half up}
levels:
  survey: {name: Satisfaction, measure: survey, expected: 80 %, minimum: 70 %}
"""
WITH_SURVEY = TERMS.replace("levels:\n", SURVEY)
WITHOUT_LEVEL = TERMS.replace(
    "levels:\n", SURVEY.replace("levels:\n  survey: {name: Satisfaction, measure: survey, expected: 80 %, minimum: 70 %}", "levels:")
)  # fmt: skip
NO_HOLIDAYS = TERMS.replace('    holidays: {country: RS, half: {2026-12-31: ["08:00-12:00"]}}\n', "")
AROUND_THE_CLOCK = NO_HOLIDAYS.replace('mon-fri: ["08:00-20:00"]', 'mon-sun: ["00:00-24:00"]')
SHIFTED = batch("2026-02-28T17:00", "2026-03-31T15:00")  # in Belgrade from 28 February 18:00
SILENT = {"first_response": LevelSeen("First response", "no data", None)}
OUT = (Member(PRIYA, "client", True, ALL_WORDS), Member(JOVANA, "provider", False, ALL_WORDS))
MUTE = (Member(PRIYA, "client", True, ALL_WORDS), Member(JOVANA, "provider", True, frozenset({"see"})))
ALONE = (Side("client", "Lumen", LUMEN), Side("provider", "Danube Care", None))


def seen(**told: Any) -> ContractSeen:
    """The summary of a sound deal, but for what is told."""
    return replace(ContractSeen(1, date(2026, 9, 30), date(2026, 12, 31), "automatic"), **told)


# What spoils a sound deal, and how the finding begins.
SPOILED: dict[str, tuple[dict[str, Any], str]] = {
    "contract-ended": ({"ends_on": date(2026, 4, 1)}, "The contract ended on 1 Apr 2026, 15 days ago."),
    "notice-passed": ({"notice_on": date(2026, 4, 15)}, "The last day to give notice, 15 Apr 2026, has passed"),
    "notice-near": ({"notice_on": date(2026, 6, 15)}, "Notice must be given by 15 Jun 2026, in 60 days."),
    "end-unknown": ({"ends_on": None}, "Nobody wrote down when the contract ends."),
    "notice-unknown": ({"notice_on": None}, "The contract ends on 31 Dec 2026, and no last day"),
    "start-unknown": ({"signed_on": None}, "Neither the day of signature"),
    "contract-unwritten": ({"contract": None}, "Nobody wrote down what must be known of the contract."),
    "contract-lacks": ({"contract": seen(lacks=("its yearly value", "the governing law"))}, "The contract's summary leaves out its yearly value, the governing law."),
    "contract-days-differ": ({"contract": seen(ends_on=date(2027, 12, 31), renewal="none")}, "The contract's days differ: the end is 31 Dec 2026 in the settings and 31 Dec 2027 in version 1."),
    "milestones-after-end": ({"milestones": (day(LATE),)}, "1 agreed milestone after the end of the contract on 31 Dec 2026: Acceptance on 1 Feb 2027."),
    "plan-after-end": ({"activities": (day(LATE),)}, "1 milestone of the plan after the end"),
    "terms-missing": ({"agreements": ()}, "There are no terms"),
    "terms-of-one-side": ({"agreements": (agreement(is_countersigned=False),)}, "Version 1 of the terms of Customer Support is in force by one side's word"),
    "terms-overlap": ({"agreements": (agreement(), agreement(id=NOBODY, title="Telephony"))}, "The terms of Customer Support and of Telephony both hold from 1 Jan 2026"),
    "terms-and-contract-end": ({"ends_on": date(2027, 3, 31)}, "The terms of Customer Support end 90 days before the contract"),
    "currency-differs": ({"agreements": (agreement(TERMS + REGIME),)}, "Customer Support is kept in more than one currency: the deal CAD, the agreement CAD, its terms EUR."),
    "zone-differs": ({"zone": "America/Toronto"}, "The terms of Customer Support begin their months in Europe/Belgrade, the deal in America/Toronto."),
    "parties-differ": ({"sides": (Side("client", "Lumen Ltd", LUMEN), Side("provider", "danube care ", DANUBE))}, "The terms of Customer Support call the client Lumen, the deal calls it Lumen Ltd."),
    "source-missing": ({"sources": (source(batch(), key="phone"),)}, "The terms of Customer Support count by 1 source that nobody has added: desk."),
    "source-empty": ({"sources": (source(),)}, "1 source without a file: Help desk."),
    "source-unused": ({"sources": (source(batch()), source(batch(), key="phone"))}, "1 source imported that no terms count by: Help desk."),
    "target-unmeasured": ({"agreements": (agreement(WITH_SURVEY),)}, "Satisfaction is promised and the client reports it, but of the last 3 months no value"),
    "measure-without-level": ({"agreements": (agreement(WITHOUT_LEVEL),)}, "1 measure of the terms of Customer Support without a target: survey."),
    "holidays-missing": ({"agreements": (agreement(NO_HOLIDAYS),)}, "The calendar office of Customer Support knows no holidays of 2026"),
    "months-without-figures": ({"sources": (source(),), "months": (month("2026-01"),)}, "2 months of the last 3 without figures: Feb 2026, Mar 2026."),
    "figures-outside-terms": ({"sources": (source(batch("2025-11-20T08:00")),)}, "2 months with figures outside the terms, which hold from 1 Jan 2026 until before 1 Jan 2027: Nov 2025, Dec 2025."),
    "months-without-statement": ({"months": (month("2026-01"), month("2026-02", is_issued=False))}, "2 months with records and no issued statement: Feb 2026, Mar 2026."),
    "level-without-data": ({"months": (month("2026-02"), month("2026-03", levels=SILENT))}, "1 level without data in Mar 2026: First response."),
    "credit-was-cut": ({"months": (month("2026-03", credit=Decimal("41260.00"), cut=Decimal("1000.00")),)}, "The credits of Mar 2026 exceeded their cap by 1,000.00 CAD and were cut to 41,260.00."),
    "credit-differs": ({"told": (told("first_response", credit=Decimal(40)), told("survey", credit=Decimal(60)))}, "1 month settled with another credit than computed: Mar 2026 (100.00 settled, 0.00 computed, CAD)."),
    "value-differs": ({"told": (told("first_response", value=Decimal("96.5")),)}, "1 figure reported otherwise than computed: First response in Mar 2026 (96.5 reported, 95.00 computed)."),
    "stamps-in-the-future": ({"sources": (source(batch(last="2026-12-03T08:00")),)}, "File 1 of Help desk tells of 3 Dec 2026, but came in on 2 Apr 2026"),
    "zone-looks-shifted": ({"sources": (source(SHIFTED),)}, "File 1 of Help desk is of one month and runs up to 6 hours over its border in Europe/Belgrade"),
    "entries-without-owner": ({"entries": (entry(owner=None), entry(owner=None, name="I-2"))}, "2 open issues without an owner: I-1, I-2."),
    "entries-long-overdue": ({"entries": (entry(due_on=date(2026, 1, 15)),)}, "1 open issue more than 90 days overdue: I-1."),
    "owner-is-gone": ({"entries": (entry(owner=NOBODY),)}, "1 open issue whose owner is not in the deal any more: I-1."),
    "due-before-start": ({"entries": (entry(register="actions", name="A-4", due_on=date(2025, 11, 30)),)}, "1 open action due before the contract began on 1 Dec 2025: A-4."),
    "side-is-alone": ({"sides": ALONE}, "Danube Care has not joined"),
    "side-without-people": ({"members": OUT}, "Nobody of Danube Care can sign in."),
    "nobody-answers": ({"members": MUTE}, "Nobody of Danube Care may agree to terms or answer a statement."),
}  # fmt: skip


def test_every_check_has_a_case() -> None:
    assert list(SPOILED) == list(CHECKS)


def test_sound_deal_has_no_finding() -> None:
    assert found_in(sound()) == []


@pytest.mark.parametrize("key", SPOILED)
def test_check_finds_what_it_is_for(key: str) -> None:
    spoiled, begins = SPOILED[key]
    (found,) = CHECKS[key].asked(sound(**spoiled))
    assert found.said.startswith(begins)
    assert found.said.endswith(".")
    assert mended_at(found.way).startswith("/")


@pytest.mark.parametrize("key", SPOILED)
def test_check_says_in_words_what_it_looks_for(key: str) -> None:
    assert CHECKS[key].said.endswith(".")


def test_light_deal_is_not_asked_for_what_it_does_not_need() -> None:
    left_out = {one.key for one in asked_of("complex")} - {one.key for one in asked_of("light")}
    assert left_out == {
        "notice-unknown",
        "start-unknown",
        "contract-unwritten",
        "contract-lacks",
        "nobody-answers",
    }
    assert found_in(sound(size="light", notice_on=None, signed_on=None, contract=None)) == []


def test_contradictions_are_told_before_gaps_and_remarks() -> None:
    facts = sound(sides=ALONE, ends_on=date(2026, 4, 1), entries=(entry(owner=None),))
    severities = [one.check.severity for one in found_in(facts)]
    assert severities == sorted(severities, key=["contradiction", "gap", "remark"].index)
    assert len(set(severities)) == 3


@pytest.mark.parametrize(
    ("key", "spoiled"),
    [
        ("notice-near", {"notice_on": date(2026, 6, 16)}),
        ("notice-passed", {"notice_on": date(2026, 4, 1), "ends_on": date(2026, 4, 15)}),
        ("milestones-after-end", {"milestones": (day(LATE),), "ends_on": None}),
        ("terms-of-one-side", {"agreements": (agreement(is_countersigned=False),), "sides": ALONE}),
        ("holidays-missing", {"agreements": (agreement(AROUND_THE_CLOCK),)}),
        ("target-unmeasured", {"agreements": (agreement(WITH_SURVEY),), "reported": frozenset({("survey", "2026-02")})}),
        ("months-without-figures", {"sources": (source(),)}),
        ("figures-outside-terms", {"agreements": (agreement(terms=None, earliest=None),), "sources": (source(batch("2025-11-20T08:00")),)}),
        ("zone-looks-shifted", {"sources": (source(batch("2026-02-28T17:00", "2026-04-01T15:00")),)}),
        ("zone-looks-shifted", {"sources": (source(batch("2026-03-28T17:00", "2026-04-01T15:00")),)}),
        ("value-differs", {"told": (told("first_response", value=Decimal(95)),)}),
        ("credit-differs", {"told": (told("", credit=Decimal(0)), told("first_response", credit=Decimal(40)))}),
        ("months-without-figures", {"sources": (source(),), "months": (), "told": tuple(told("", period=f"2026-0{one}") for one in (1, 2, 3))}),
        ("entries-long-overdue", {"entries": (entry(due_on=date(2026, 1, 16)),)}),
        ("side-without-people", {"sides": ALONE, "members": OUT}),
        ("entries-without-owner", {"entries": (entry(register="decisions", owner=None),)}),
    ],
)  # fmt: skip
def test_check_is_silent_just_beside_what_it_is_for(key: str, spoiled: dict[str, Any]) -> None:
    assert said(key, sound(**spoiled)) == []


def test_own_entries_are_told_apart_from_shared_ones() -> None:
    own = entry(owner=None, name="I-own-1", is_internal=True)
    told = list(CHECKS["entries-without-owner"].asked(sound(entries=(entry(owner=None), own))))
    assert [(one.is_internal, one.said) for one in told] == [
        (False, "1 open issue without an owner: I-1."),
        (True, "1 open issue without an owner: I-own-1."),
    ]


def test_long_lists_name_the_first_and_count_the_rest() -> None:
    assert named([str(number) for number in range(12)]) == "0, 1, 2, 3, 4 and 7 more"


def test_only_months_that_are_over_and_whole_are_due() -> None:
    early = agreement(TERMS.replace("from: 2026-01-01", "from: 2026-01-15"))
    assert sound(agreements=(early,)).months_due == ("2026-02", "2026-03")
    long = agreement(TERMS.replace("from: 2026-01-01", "from: 2020-01-01"))
    due = sound(agreements=(long,)).months_due
    assert (len(due), due[0], due[-1]) == (12, "2025-04", "2026-03")


def test_month_of_an_event_is_that_of_the_contract_s_zone() -> None:
    facts = sound(sources=(source(batch("2026-01-31T23:30", "2026-02-10T08:00")),))
    assert facts.recorded == {"2026-02"}
    assert facts.day_of(datetime(2026, 1, 31, 23, 30, tzinfo=UTC)) == date(2026, 2, 1)


def test_file_without_stamps_tells_of_no_month() -> None:
    nothing = replace(batch(), first_at=None, last_at=None)
    assert sound(sources=(source(nothing),)).recorded == frozenset()


def test_deal_without_terms_is_due_no_month() -> None:
    assert sound(agreements=()).months_due == ()
