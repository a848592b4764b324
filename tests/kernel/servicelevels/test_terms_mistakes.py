"""A mistake in terms is named by file, line, key and what to do; what is not built yet is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from handfast.kernel.document import DocumentRefused, read_document
from handfast.kernel.servicelevels.terms import Terms, read_terms

TEXT = Path(__file__).with_name("sample_terms.yaml").read_text("utf-8")


def terms_of(text: str) -> Terms:
    return read_terms(read_document(text, name="terms.yaml"))


def with_line(number: int, line: str) -> str:
    lines = TEXT.splitlines()
    lines[number - 1] = line
    return "\n".join(lines) + "\n"


def refused(text: str) -> str:
    with pytest.raises(DocumentRefused) as caught:
        terms_of(text)
    assert caught.value.code == "document-refused"
    return str(caught.value)


MISTAKES: dict[str, tuple[int, str, str]] = {
    "misspelt key": (36 + 6, "    unfinishd: missed", "line 42: measures.in_time.unfinishd: unknown key; did you mean 'unfinished'?"),
    "missing key": (42, "", "measures.in_time.unfinished: is missing: write it"),
    "unknown key": (34, "    reopening: continue\n    tint: red", "line 35: clocks.solving.tint: unknown key; it is misspelt or not built yet"),
    "duplicate key": (30, "    start: Created\n    start: Opened", "line 31: the key 'start' stands twice; it stood before in line 30"),
    "unknown clock": (38, "    clock: solvin", "line 38: measures.in_time.clock: there is no clock 'solvin'; there are: solving"),
    "unknown source": (28, "    source: ticket", "line 28: clocks.solving.source: there is no source 'ticket'; there are: calls, tickets"),
    "unknown calendar": (29, "    calendar: night", "line 29: clocks.solving.calendar: there is no calendar 'night'; there are: office"),
    "unknown source of a measure": (46, "    source: call", "line 46: measures.answered.source: there is no source 'call'"),
    "unknown measure": (51, "  answered: {name: A, measure: answer, expected: 80 %}", "line 51: levels.answered.measure: there is no measure 'answer'"),
    "unknown service": (51, "  answered: {name: A, measure: answered, service: phone}", "line 51: levels.answered.service: there is no service 'phone'; there are: desk"),
    "unknown level": (60, "  credits: {quick: {pool: all, allocation: 40 %}}", "line 60: regime.credits.quick: there is no level 'quick'"),
    "unknown pool": (60, "  credits: {fast: {pool: speed, allocation: 40 %}}", "the credit of fast names the pool 'speed', which is not among the pools"),
    "unknown attribute": (39, "    where: {impacts: High}", "line 39: measures.in_time.where.impacts: there is no attribute 'impacts'; there are: effort, impact, reopenings"),
    "unknown total": (47, "    of: answered_in_time", "line 47: measures.answered.of.0: there is no total 'answered_in_time'; there are: in_time, offered"),
    "unknown total subtracted": (48, "    to: [offered, -abandoned]", "line 48: measures.answered.to.1: there is no total 'abandoned'"),
    "unknown interval key": (48, "    to: offered\n    where: {team: A}", "line 49: measures.answered.where.team: there is no key 'team'; there are: queue"),
    "number compared as text": (39, "    where: {effort: High}", "line 39: measures.in_time.where.effort: 'effort' is a number: test it with at_least and at_most"),
    "text compared as number": (39, "    where: {impact: {at_least: 3}}", "line 39: measures.in_time.where.impact: 'impact' is text: at_least and at_most need an attribute with digits"),
    "test of nothing": (39, "    where: {impact: {}}", "measures.in_time.where.impact: a test without is_not, at_least, at_most or is_missing tests nothing"),
    "clock over intervals": (28, "    source: calls", "line 38: measures.in_time.clock: the measure needs an event log"),
    "intervals over events": (46, "    source: tickets", "line 46: measures.answered.source: the measure needs interval totals"),
    "wrong percent": (57, "  at_risk: 10", "line 57: regime.at_risk: write 10 % if percent is meant (written: '10')"),
    "percent of words": (50, "  fast: {name: Fast, measure: in_time, expected: nearly all}", "line 50: levels.fast.expected: write a plain number"),
    "threshold without its sign": (50, "  fast: {name: Fast, measure: in_time, expected: 95}", "line 50: levels.fast.expected: write 95 % if percent is meant"),
    "duration in days": (40, "    target: 2d", "line 40: measures.in_time.target: write a duration as 4h, 90m, 1h 30m or 45s; a day's length is the calendar's: write hours (written: '2d')"),
    "zone unknown": (2, "zone: Europe/Olso", "line 2: zone: zone 'Europe/Olso' is not known; did you mean 'Europe/Oslo'?"),
    "ends before it starts": (3, "effective: {from: 2026-01-01, to: 2025-01-01}", "line 3: effective: the agreement ends on 2025-01-01, not after it starts on 2026-01-01"),
    "day that does not exist": (3, "effective: {from: 2026-02-29, to: 2027-01-01}", "line 3: effective.from: there is no day 2026-02-29"),
    "event with two roles": (32, "    pauses: {customer: Closed}", "line 27: clocks.solving: the event 'Closed' stands under stop and under pauses.customer: keep one"),
    "pause called stopped": (32, "    pauses: {stopped: Waiting}", "a pause may not be called 'stopped'"),
    "stop of nothing": (31, "    stop: []", "line 31: clocks.solving.stop: "),
    "due without target": (37, "    kind: count\n    clock: solving\n    counted_by: due\n    unfinished: left out\n  more:\n    kind: share within target", "counted_by due needs a target"),
    "count of the missed": (37, "    kind: count\n    clock: solving\n    counted_by: start\n    unfinished: missed\n  more:\n    kind: share within target", "measures.in_time.unfinished: "),
    "low volume twice": (51, "  answered: {name: A, measure: answered, low_volume: {minimum_sample: 5, roll_forward_until: 5}}", "line 51: levels.answered.low_volume: name one of minimum_sample, misses_allowed, roll_forward_until"),
    "low volume halved": (51, "  answered: {name: A, measure: answered, low_volume: {misses_allowed: 5}}", "misses_allowed and below go together"),
    "id in capitals": (36, "  InTime:", "an id is lower case letters, digits and _"),
    "currency of words": (54, "  currency: kroner", "line 54: regime.currency: "),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_named_with_its_line_and_what_to_do(mistake: str) -> None:
    line, written, said = MISTAKES[mistake]
    message = refused(with_line(line, written))
    assert said in message
    assert message.startswith("terms.yaml")


NOT_BUILT = {
    "snapshot": (
        45,
        "    kind: snapshot",
        "the measure 'snapshot' is not built yet; use `reported` until it is",
    ),
    "availability": (45, "    kind: availability", "the measure 'availability' is not built yet"),
    "amount-weighted": (45, "    kind: amount-weighted", "the measure 'amount-weighted' is not built yet"),
    "NPS": (45, "    kind: NPS", "the measure 'NPS' is not built yet"),
    "weight": (
        53,
        "  kind: weight",
        "line 52: regime: the regime 'weight' is not built yet: pool and points are",
    ),
    "gap": (53, "  kind: gap", "the regime 'gap' is not built yet"),
    "earn_back": (
        58,
        "  pool_total: 100 %\n  earn_back: {months: 3}",
        "line 52: regime: earn_back is not built yet",
    ),
    "bonus": (58, "  pool_total: 100 %\n  bonus: 3 %", "bonus is not built yet"),
    "hold_off": (58, "  pool_total: 100 %\n  hold_off: 3", "hold_off is not built yet"),
}


@pytest.mark.parametrize("term", NOT_BUILT)
def test_term_that_is_not_built_is_refused_by_its_name(term: str) -> None:
    line, written, said = NOT_BUILT[term]
    assert said in refused(with_line(line, written))


def test_unknown_kind_names_the_kinds_that_there_are() -> None:
    message = refused(with_line(45, "    kind: median"))
    assert "measures.answered: " in message
    assert "'share within target'" in message


def test_several_mistakes_are_all_named() -> None:
    message = refused(TEXT.replace("target: 4h", "target: 4").replace("at_risk: 10 %", "at_risk: 110"))
    assert [line.split(":")[0] for line in message.splitlines()] == [
        "terms.yaml, line 40",
        "terms.yaml, line 57",
    ]
