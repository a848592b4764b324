"""Random inputs of a whole statement from a seed: terms with every kind of measure, often amended, and their logs."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from tests.factories.agreements import annex_of, inputs_of, terms_with
from tests.factories.logs import calls_log, event_log
from tests.factories.random_cases import EVENTS, RECORDS, random_clock

from handfast.kernel.servicelevels.terms import midnight

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.statement import Inputs

HOUR = 3_600_000_000
MARCH = midnight(date(2026, 3, 1), "Europe/Amsterdam")
MONTH = 31 * 24 * HOUR
LEVEL = {"expected": "90 %", "minimum": "60 %"}
ROUNDING = {"digits": "3", "mode": "half even"}


def measures(rng: Random) -> dict[str, Any]:
    """One measure of every kind that is worked out from records or intervals."""
    frame = {"clock": "resolution", "rounding": ROUNDING, "excludes": rng.choice(([], ["duplicate"]))}
    counted = {
        "counted_by": rng.choice(("start", "stop")),
        "unfinished": rng.choice(("left out", "as it stands")),
    }
    within = {"counted_by": rng.choice(("start", "stop", "due")), "target": rng.choice(("0s", "90m", "40h"))}
    within["unfinished"] = rng.choice(("left out", "as it stands", "missed"))
    some = {
        "where": rng.choice(
            ({}, {"kind": ["a", "b"]}, {"size": {"at_most": "2.5"}}, {"kind": {"is_not": ["a"]}})
        )
    }
    of_calls = {"source": "calls", "of": ["in_time"], "to": ["offered"], "rounding": ROUNDING}
    return {
        "resolved": {"kind": "share within target", **frame, **within, **some},
        "ratio": {"kind": "ratio", "of": {"reopenings": {"at_most": "0"}}, **frame, **counted},
        "mean": {"kind": "mean", "unit": "minutes", **frame, **counted},
        "size": {"kind": "sum", "of": "size", "unit": "number", **frame, **counted},
        "count": {"kind": "count", **frame, **counted, **some},
        "slow": {"kind": "percentile", "share": "80 %", "method": rng.choice(("linear", "nearest rank"))}
        | frame
        | counted,
        "calls": {"kind": "ratio of sums", **of_calls},
        "halves": {
            "kind": "share of intervals",
            "target": "80 %",
            "empty": rng.choice(("met", "left out")),
            **of_calls,
        },
    }


def random_terms(rng: Random) -> Any:
    """Two months' terms, often amended in the middle of March."""
    made = measures(rng)
    is_amended = rng.random() < 0.5
    if is_amended:
        del made["slow"]  # the two halves of a percentile do not add up
    units = {"mean": "20", "size": "5", "count": "3", "slow": "9"}
    levels = {
        name: {"measure": name, "name": name.title()}
        | ({"expected": units[name], "better": "lower"} if name in units else LEVEL)
        for name in made
    }
    amendment = {"target": "8h", "excludes": ["duplicate"]}
    change = {"measures": {"resolved": amendment}, "clocks": {"resolution": {"reopening": "restart"}}}
    amended = [{"from": "2026-03-16", "name": "first", "change": change}] if is_amended else []
    clock = {"source": "desk", "calendar": "office", **random_clock(rng)}
    return terms_with(
        effective={"from": "2026-02-01", "to": "2026-06-01"},
        clocks={"resolution": {"pauses": None, **clock}},
        measures=made,
        levels=levels,
        amendments=amended,
    )


def random_log(rng: Random) -> Any:
    instants = [MARCH + rng.randrange(-MONTH // 2, MONTH * 3 // 2) // HOUR * HOUR for _ in range(12)]
    return event_log(
        {
            "record": record,
            "at": rng.choice(instants),
            "sequence": None,
            "event": rng.choice(EVENTS),
            "kind": rng.choice((None, "a", "b", "c")),
            "size": rng.choice((None, 0, 125, -50, 10**12)),
        }
        for record in RECORDS
        for _ in range(rng.randrange(1, 8))
    )


def random_calls(rng: Random) -> Any:
    counts = (0, 1, 4, 10**9)
    return calls_log(
        (MARCH + rng.randrange(1480) * HOUR // 2, "q", rng.choice(counts), rng.choice(counts), 0)
        for _ in range(8)
    )


def random_inputs(seed: int) -> Inputs:
    rng = Random(seed)  # noqa: S311 - chance, no secret
    terms = random_terms(rng)
    return inputs_of(
        terms,
        annex=annex_of(terms, "2026-01-01", "2026-07-31"),
        as_of=rng.choice(("2026-03-20T00:00:00Z", "2026-05-10T00:00:00Z")),
        logs={"desk": random_log(rng)},
        intervals={"calls": random_calls(rng)},
    )
