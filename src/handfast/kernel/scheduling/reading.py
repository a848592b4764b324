"""From the text of a plan to the plan: YAML for people, JSON for programs, every fault with its place."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

from handfast.kernel.document import DEEPEST_LEVEL, Document, DocumentRefused, parsed, read_document
from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.plan import (
    MOST_ACTIVITIES,
    NOTHING,
    SIDES,
    Activity,
    Actual,
    Baseline,
    Estimate,
    Freeze,
    Link,
    Need,
    Party,
    Plan,
    Repeat,
    RiskEvent,
    Step,
)
from handfast.kernel.scheduling.refusals import PlanRefused, PlanTooLarge
from handfast.kernel.scheduling.written import WrittenPlan
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from handfast.kernel.scheduling.plan import Side
    from handfast.kernel.scheduling.written import WrittenActivity, WrittenParty, WrittenRange

LARGEST_CHARACTERS = 64 * 2**20
DAY = timedelta(days=1)


def read_plan(text: str, *, name: str) -> Plan:
    """The plan that a text says; a text that begins with `{` is read as JSON, which is fast.

    Raises DocumentRefused, PlanRefused or PlanTooLarge; the message names the file, the line (of YAML),
    the field, the fault and what to do.
    """
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    document = _read_json(text, name) if is_json else read_document(text, name=name)
    if not isinstance(document.content, dict):
        raise DocumentRefused(f"{document.where(())}: a plan is keys with values, beginning with name:")
    listed = document.content.get("activities")
    if isinstance(listed, list) and len(listed) > MOST_ACTIVITIES:
        raise PlanTooLarge(
            f"{document.where(('activities',))}: {len(listed):,} activities: "
            f"at most {MOST_ACTIVITIES:,} are scheduled in one plan"
        )
    return _plan_of(parsed(WrittenPlan, document), document)


def _read_json(text: str, name: str) -> Document:
    """JSON with every number kept as the text that was written, as YAML is read here."""
    if len(text) > LARGEST_CHARACTERS:
        raise DocumentRefused(f"{name}: {len(text):,} characters; at most {LARGEST_CHARACTERS:,} are read")
    try:
        content = json.loads(
            text.lstrip("\ufeff"),
            object_pairs_hook=_once,
            parse_int=str,
            parse_float=str,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        raise DocumentRefused(f"{name}, line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise DocumentRefused(f"{name}: nested deeper than {DEEPEST_LEVEL} levels") from error
    except ValueError as error:
        raise DocumentRefused(f"{name}: {error}") from error
    return Document(name, content, {}, has_lines=False)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one mapping: leave one of them out")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _plan_of(written: WrittenPlan, document: Document) -> Plan:
    parties = _party("client", written.parties.client), _party("provider", written.parties.provider)
    begin = _Zoned(written.zone)
    try:
        return Plan(
            name=written.name,
            starts_us=begin.first(written.starts),
            zone=written.zone,
            parties=parties,
            activities=tuple(_built("activities", written.activities, _activity(parties, written.zone))),
            steps=tuple(Step(one.key, one.name, one.lead) for one in written.steps),
            freezes=tuple(
                _built(
                    "freezes",
                    written.freezes,
                    lambda one: Freeze(
                        one.name, one.first, one.end, one.share, one.leads, one.steps, one.activities
                    ),
                )
            ),
            risks=tuple(
                _built(
                    "risks",
                    written.risks,
                    lambda one: RiskEvent(one.id, one.name, one.chance, _estimate(one.delay), one.activities),
                )
            ),
            as_of_us=written.as_of,
        )
    except PlanRefused as refused:
        field = ".".join(str(step) for step in refused.at)
        said = f"{document.where(refused.at)}: {field}: {refused}" if field else f"{document.name}: {refused}"
        raise type(refused)(said, at=refused.at) from refused


def _built(part: str, ones: Iterable[Any], build: Callable[[Any], Any]) -> Iterable[Any]:
    """Each of a list built; a refusal learns which one it is about."""
    for place, one in enumerate(ones):
        try:
            yield build(one)
        except PlanRefused as refused:
            raise PlanRefused(str(refused), at=(part, place, *refused.at)) from refused


def _party(side: Side, written: WrittenParty) -> Party:
    return Party(side, written.name, written.calendar, written.sites, written.roles)


def _activity(parties: tuple[Party, Party], zone: str) -> Callable[[WrittenActivity], Activity]:
    """How an activity is built in a plan of these parties."""
    zones: dict[tuple[str, str], _Zoned] = {}
    plain_links: dict[str, Link] = {}

    def days_of(lead: str, site: str) -> _Zoned:
        if (lead, site) not in zones:
            party = parties[SIDES.index(lead)] if lead in SIDES else None
            zones[lead, site] = _Zoned(party.sites.get(site, party.calendar).zone if party else zone)
        return zones[lead, site]

    def links_of(one: WrittenActivity) -> tuple[Link, ...]:
        return tuple(
            Link(link.activity, link.link, link.lag or NOTHING, link.on)
            if link.lag or link.on or link.link != "FS"
            else plain_links.setdefault(link.activity, Link(link.activity))
            for link in one.after
        )

    def build(one: WrittenActivity) -> Activity:
        days = days_of(one.lead, one.site)
        return Activity(
            id=one.id,
            name=one.name,
            lead=one.lead,
            estimate=_estimate(one.duration),
            after=links_of(one),
            kind=one.kind,
            step=one.step,
            site=one.site,
            wave=one.wave,
            internal_to=one.internal,
            not_before_us=days.first_if(one.not_before),
            fixed_us=days.first_if(one.fixed),
            deadline_us=days.last_if(one.deadline),
            needs=tuple(_needs(one, parties)) if one.needs else (),
            repeat=_repeat(one),
            actual=_actual(one, days),
            baseline=_baseline(one, days),
        )

    return build


def _estimate(written: WrittenRange | None) -> Estimate:
    return Estimate(written.low, written.likely, written.high) if written else Estimate.of(NOTHING)


def _repeat(written: WrittenActivity) -> Repeat | None:
    found = written.repeat
    return Repeat(found.chance, _estimate(found.takes), found.most) if found else None


def _actual(written: WrittenActivity, days: _Zoned) -> Actual:
    found = written.actual
    if found is None:
        return Actual()
    return Actual(days.first_if(found.started), days.last_if(found.finished), found.remaining)


def _baseline(written: WrittenActivity, days: _Zoned) -> Baseline | None:
    found = written.baseline
    return Baseline(days.first(found.starts), days.last(found.ends)) if found else None


def _needs(written: WrittenActivity, parties: tuple[Party, Party]) -> Iterable[Need]:
    """The client's first; a role without a side is the leading side's, or of the only side that has it."""
    found: dict[Side, list[Need]] = {side: [] for side in SIDES}
    for role, many in written.needs.items():
        if isinstance(many, int):
            side = _side_of(written, role, parties)
            found[side].append(Need(side, role, many))
        elif role in SIDES:
            side = SIDES[SIDES.index(role)]
            found[side].extend(Need(side, name, number) for name, number in many.items())
        else:
            raise PlanRefused(
                f"{written.id}: {role!r} is no side: write `client: {{role: how many}}` or `provider: …`",
                at=("needs", role),
            )
    for side in SIDES:
        yield from found[side]


def _side_of(written: WrittenActivity, role: str, parties: tuple[Party, Party]) -> Side:
    if written.lead in SIDES:
        return SIDES[SIDES.index(written.lead)]
    holders = [party.side for party in parties if role in party.roles]
    if len(holders) != 1:
        raise PlanRefused(
            f"{written.id}: whose {role!r}? {'Both sides have' if holders else 'No side has'} released such a role: "
            f"write `client: {{{role}: …}}` or `provider: …`",
            at=("needs", role),
        )
    return holders[0]


class _Zoned:
    """Days of one zone as instants, each worked out once."""

    def __init__(self, zone: str) -> None:
        self._zone = zone_named(zone)
        self._midnights: dict[date, int] = {}

    def first(self, bound: date | int) -> int:
        """The first moment of a day; an instant is itself."""
        return bound if isinstance(bound, int) else self._midnight(bound)

    def last(self, bound: date | int) -> int:
        """The moment at which a day is over."""
        return bound if isinstance(bound, int) else self._midnight(bound + DAY)

    def first_if(self, bound: date | int | None) -> int | None:
        return None if bound is None else self.first(bound)

    def last_if(self, bound: date | int | None) -> int | None:
        return None if bound is None else self.last(bound)

    def _midnight(self, day: date) -> int:
        if day not in self._midnights:
            self._midnights[day] = instant_of(datetime(day.year, day.month, day.day, tzinfo=self._zone))
        return self._midnights[day]
