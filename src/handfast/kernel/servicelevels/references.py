"""Every reference inside terms leads to a thing of the right kind, or is named with its path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.kernel.document import DocumentRefused
from handfast.kernel.servicelevels.measure_terms import RatioOfSums, Reported, Test
from handfast.kernel.servicelevels.regime_terms import PointsRegime, PoolRegime

if TYPE_CHECKING:
    from handfast.kernel.document import Document, Path
    from handfast.kernel.servicelevels.terms import WrittenTerms

Fault = tuple["Path", str]
REOPENINGS = "reopenings"


def check_references(document: Document, terms: WrittenTerms) -> None:
    faults = list(_dangling(terms))
    if faults:
        raise DocumentRefused(
            "\n".join(
                f"{document.name}, line {document.line_of(path)}: {'.'.join(map(str, path))}: {said}"
                for path, said in faults
            )
        )


def _dangling(terms: WrittenTerms) -> list[Fault]:
    """Every reference that leads nowhere, with its path."""
    faults: list[Fault] = []

    def known(path: Path, name: str | None, among: dict[str, Any], what: str) -> None:
        if name is not None and name not in among:
            faults.append(
                (path, f"there is no {what} {name!r}; there are: {', '.join(sorted(among)) or 'none'}")
            )

    for key, clock in terms.clocks.items():
        known(("clocks", key, "source"), clock.source, terms.sources, "source")
        known(("clocks", key, "calendar"), clock.calendar, terms.calendars, "calendar")
    for key, measure in terms.measures.items():
        if hasattr(measure, "clock"):
            known(("measures", key, "clock"), measure.clock, terms.clocks, "clock")
        if hasattr(measure, "source"):
            known(("measures", key, "source"), measure.source, terms.sources, "source")
    for key, level in terms.levels.items():
        known(("levels", key, "measure"), level.measure, terms.measures, "measure")
        known(("levels", key, "service"), level.service, terms.services, "service")
    if terms.regime:
        part = "credits" if isinstance(terms.regime, PoolRegime) else "points"
        for key in getattr(terms.regime, part):
            known(("regime", part, key), key, terms.levels, "level")
    return faults or _misfits(terms)


def _misfits(terms: WrittenTerms) -> list[Fault]:
    """References that lead somewhere wrong: attributes, totals and thresholds that do not fit."""
    faults: list[Fault] = []
    for key, measure in terms.measures.items():
        if isinstance(measure, Reported):
            continue
        faults += _misfits_of(terms, key, measure)
    faults += _level_misfits(terms)
    for key in terms.levels:
        for which in ("expected", "minimum"):
            try:
                terms.threshold(key, which)
            except ValueError as error:
                faults.append((("levels", key, which), str(error)))
    return faults


def _level_misfits(terms: WrittenTerms) -> list[Fault]:
    """Low-volume rules without records to count, and bands for values that nobody rounds."""
    faults: list[Fault] = []
    for key, level in terms.levels.items():
        measure, rule = terms.measures[level.measure], level.low_volume
        if rule is not None and isinstance(measure, RatioOfSums):
            faults.append((("levels", key, "low_volume"), "a ratio of sums counts no records: leave it out"))
        if rule is not None and rule.roll_forward_until is not None and isinstance(measure, Reported):
            said = "a reported value cannot be rolled forward: report the months together instead"
            faults.append((("levels", key, "low_volume"), said))
    for key in terms.regime.points if isinstance(terms.regime, PointsRegime) else ():
        if terms.measure_of(key).rule.compare == "exact":
            said = "bands are written in rounded values: let its measure compare rounded"
            faults.append((("regime", "points", key), said))
    return faults


def _misfits_of(terms: WrittenTerms, key: str, measure: Any) -> list[Fault]:
    faults: list[Fault] = []
    at: Path = ("measures", key)
    over_records = hasattr(measure, "clock")
    source = terms.sources[terms.clocks[measure.clock].source if over_records else measure.source]
    if over_records == (source.kind == "intervals"):
        wanted = "an event log" if over_records else "interval totals"
        return [((*at, "clock" if over_records else "source"), f"the measure needs {wanted}")]
    fields = _filter_fields(source, over_records=over_records)
    for part in ("where", "of"):
        for name in getattr(measure, part, None) or {}:
            if over_records and isinstance(getattr(measure, part), dict):
                faults += _filter_misfits((*at, part, name), getattr(measure, part)[name], fields)
    if over_records and isinstance(getattr(measure, "of", None), str):
        digits = getattr(source, "attributes", {}).get(measure.of)
        if digits is None or digits.digits is None:
            faults.append(((*at, "of"), f"{measure.of!r} is no attribute with digits: it cannot be summed"))
    if not over_records:
        faults += _total_misfits(at, measure, source)
    return faults


def _filter_misfits(path: Path, test: Any, fields: dict[str, bool]) -> list[Fault]:
    """`fields` says of each attribute whether it is a number."""
    name = str(path[-1])
    if name not in fields:
        return [(path, f"there is no attribute {name!r}; there are: {_names(fields)}")]
    compares = isinstance(test, Test) and (test.at_least is not None or test.at_most is not None)
    if compares and not fields[name]:
        return [(path, f"{name!r} is text: at_least and at_most need an attribute with digits")]
    if fields[name] and not (isinstance(test, Test) and test.is_not is None):
        return [(path, f"{name!r} is a number: test it with at_least and at_most")]
    return []


def _filter_fields(source: Any, *, over_records: bool) -> dict[str, bool]:
    if not over_records:
        return dict.fromkeys(source.keys, False)
    return {name: attribute.digits is not None for name, attribute in source.attributes.items()} | {
        REOPENINGS: True
    }


def _total_misfits(at: Path, measure: Any, source: Any) -> list[Fault]:
    faults: list[Fault] = []
    for part in ("of", "to"):
        for place, text in enumerate(getattr(measure, part)):
            if text.removeprefix("-") not in source.totals:
                said = f"there is no total {text.removeprefix('-')!r}; there are: {_names(source.totals)}"
                faults.append(((*at, part, place), said))
    faults.extend(
        ((*at, "where", name), f"there is no key {name!r}; there are: {_names(source.keys)}")
        for name in measure.where
        if name not in source.keys
    )
    for name in measure.where:
        if name in source.keys:
            faults += _filter_misfits(
                (*at, "where", name), measure.where[name], dict.fromkeys(source.keys, False)
            )
    return faults


def _names(among: Any) -> str:
    return ", ".join(sorted(among)) or "none"
