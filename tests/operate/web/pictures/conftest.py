"""Stories told on small calendars, the bodies of the example in `examples/support`, and the templates drawn."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Engine

import handfast
from handfast.cli.inputs import InputFiles, load_inputs, load_terms
from handfast.cli.statement import computed
from handfast.kernel.quantity import instant_of
from handfast.kernel.servicelevels.explain import RecordStory, Segment
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.written_values import instant_us_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.kernel.servicelevels.statement import Inputs
    from handfast.kernel.servicelevels.terms import Terms
    from handfast.kernel.worktime.compiled import CompiledCalendar

ROOM = Path(handfast.__file__).parent
EXAMPLE = Path(__file__).parents[4] / "examples" / "support"
HOUR_US = 3_600_000_000


def at(text: str) -> int:
    return instant_of(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Belgrade")))


def calendar_of(zone: str, hours: dict[str, list[str]]) -> CompiledCalendar:
    written = WrittenCalendar.model_validate({"zone": zone, "hours": hours})
    return compile_calendar(written, first=date(2026, 1, 1), last=date(2026, 12, 31))


@pytest.fixture(scope="session")
def belgrade() -> CompiledCalendar:
    return calendar_of("Europe/Belgrade", {"mon-fri": ["08:00-20:00"]})


@pytest.fixture(scope="session")
def toronto() -> CompiledCalendar:
    return calendar_of("America/Toronto", {"mon-fri": ["09:00-17:00"]})


@pytest.fixture(scope="session")
def always() -> CompiledCalendar:
    return calendar_of("Europe/Belgrade", {"mon-sun": ["00:00-24:00"]})


@pytest.fixture(scope="session")
def nights() -> CompiledCalendar:
    return calendar_of("Europe/Belgrade", {"mon-sun": ["22:00-06:00"]})


class Tell(Protocol):
    """Tells a story: open hours run, closed ones do not, and what `blocked` says goes before."""

    def __call__(  # noqa: PLR0913 - a story has so many parts
        self,
        calendar: CompiledCalendar,
        start: str,
        end: str,
        *,
        target_us: int | None = None,
        blocked: tuple[tuple[str, str, str, str], ...] = (),
        events: tuple[tuple[str, str], ...] = (),
        is_stopped: bool = True,
    ) -> RecordStory: ...


@pytest.fixture(scope="session")
def tell() -> Tell:
    return _told


def _told(  # noqa: PLR0913 - a story has so many parts
    calendar: CompiledCalendar,
    start: str,
    end: str,
    *,
    target_us: int | None = None,
    blocked: tuple[tuple[str, str, str, str], ...] = (),
    events: tuple[tuple[str, str], ...] = (),
    is_stopped: bool = True,
) -> RecordStory:
    first, last = at(start), at(end)
    named = [(first, "Created"), *((at(when), name) for when, name in events)]
    named += [(last, "Resolved")] if is_stopped else []
    stops = [(at(one), at(other), state, why) for one, other, state, why in blocked]
    segments = _segments(calendar, first, last, stops, dict(sorted(named, reverse=True)))
    segments, due = _with_target(segments, first, target_us)
    return RecordStory(
        "LUM-48213", calendar.zone, first, last if is_stopped else None, last,
        sum(one.counts_us for one in segments), target_us, due, tuple(segments), tuple(sorted(named)),
    )  # fmt: skip


def _segments(
    calendar: CompiledCalendar,
    first: int,
    last: int,
    stops: list[tuple[int, int, str, str]],
    events: dict[int, str],
) -> list[Segment]:
    openings = list(zip(calendar.opens_list, calendar.closes_us.tolist(), strict=True))
    borders = {first, last} | {
        one for pair in [*openings, *(stop[:2] for stop in stops)] for one in pair if first < one < last
    }
    cuts = sorted(borders)
    found = []
    for from_us, to_us in itertools.pairwise(cuts):
        state, why = "closed", "closed"
        if any(opens <= from_us < closes for opens, closes in openings):
            holding = [(state, why) for one, other, state, why in stops if one <= from_us < other]
            state, why = (holding or [("running", events.get(from_us, ""))])[0]
        found.append(Segment(from_us, to_us, state, why))  # type: ignore[arg-type] # the tests write the four states
    return found


def _with_target(
    segments: list[Segment], first: int, target_us: int | None
) -> tuple[list[Segment], int | None]:
    counted, due = 0, first if target_us == 0 else None
    found: list[Segment] = []
    for one in segments:
        reached = None
        if due is None and target_us is not None and one.counts_us and counted + one.counts_us >= target_us:
            reached = one.from_us + target_us - counted
        counted += one.counts_us
        if reached is None:
            found.append(Segment(one.from_us, one.to_us, one.state, one.why, is_over=due is not None))
            continue
        due = reached
        found.append(Segment(one.from_us, due, one.state, one.why))
        if due < one.to_us:
            found.append(Segment(due, one.to_us, "running", "target reached", is_over=True))
    return found, due


@pytest.fixture(scope="session")
def pictured(tell: Tell, belgrade: CompiledCalendar) -> RecordStory:
    """The record of the picture: paused on Monday, excluded on Tuesday, three and a half hours over its target."""
    return tell(
        belgrade,
        "2026-03-06T15:20:00",
        "2026-03-11T09:04:12",
        target_us=16 * HOUR_US,
        blocked=(
            ("2026-03-09T10:12:30", "2026-03-09T16:45:00", "paused", "waiting for customer"),
            ("2026-03-10T13:30:00", "2026-03-10T17:10:00", "excluded", "A-1, 7.3 b"),
        ),
        events=(("2026-03-09T10:12:30", "Asked customer"), ("2026-03-09T16:45:00", "Answer")),
    )


@pytest.fixture(scope="session")
def terms() -> Terms:
    return load_terms(EXAMPLE / "terms.yaml")


@pytest.fixture(scope="session")
def inputs(terms: Terms) -> Inputs:
    return _inputs(terms, EXAMPLE / "adjustments.yaml")


def _inputs(terms: Terms, adjustments: Path | None) -> Inputs:
    files = InputFiles(
        EXAMPLE / "terms.yaml",
        EXAMPLE / "terms.annex.json",
        (("tickets", EXAMPLE / "tickets.csv"), ("calls", EXAMPLE / "calls.csv")),
        adjustments,
        EXAMPLE / "reported.yaml",
    )
    return load_inputs(files, instant_us_of("2026-04-05T12:00:00Z"), terms).inputs


@pytest.fixture(scope="session")
def bodies(inputs: Inputs) -> list[dict[str, Any]]:
    """The first three months of the example."""
    return [
        computed(inputs, month, "duckdb", cache=None, threads=1)
        for month in ("2026-01", "2026-02", "2026-03")
    ]


@pytest.fixture(scope="session")
def unadjusted(terms: Terms) -> dict[str, Any]:
    """March as it was before the two sides agreed about anything."""
    return computed(_inputs(terms, None), "2026-03", "duckdb", cache=None, threads=1)


@pytest.fixture(scope="session")
def march_under(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Any]]:
    """The body of March where the terms' regime is another text, or nothing."""

    def computed_under(regime: str) -> dict[str, Any]:
        text = (EXAMPLE / "terms.yaml").read_text("utf-8").partition("\nregime:")[0]
        path = tmp_path_factory.mktemp("terms") / "terms.yaml"
        path.write_text(f"{text}\n{regime}", "utf-8")
        changed = _inputs(load_terms(path), None)
        return computed(changed, "2026-03", "duckdb", cache=None, threads=1)

    return computed_under


@pytest.fixture(scope="session")
def drawn() -> Callable[[str, dict[str, Any]], str]:
    """A template of the pictures, rendered as the pages render it."""
    loaders = ["django_cotton.cotton_loader.Loader", "django.template.loaders.filesystem.Loader"]
    engine = Engine(
        dirs=[str(ROOM / "operate" / "templates"), str(ROOM / "foundation" / "templates")],
        loaders=loaders,
        builtins=["django_cotton.templatetags.cotton"],
    )
    return lambda name, context: engine.get_template(f"operate/pictures/{name}").render(Context(context))
