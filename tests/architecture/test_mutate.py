"""Every shape of guard is found and can be opened, and what is told of the guards is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tools.house.tree import sources
from tools.mutating import switch
from tools.mutating.guards import Guard, guards_of, is_guarded, with_switches
from tools.mutating.redundant import REDUNDANT, Redundant
from tools.mutating.running import Fate, Recorded
from tools.mutating.telling import ending, is_noted, stale_of, survivors_of, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOM = "src/handfast/people/sample.py"
QUESTION = "src/handfast/people/queries/sample.py"
FENCE = "src/handfast/foundation/sample.py"


@pytest.fixture(autouse=True)
def state(tmp_path: Path) -> Iterator[Path]:
    """The switches as they are when nothing is opened, writing down what was needed."""
    hits = tmp_path / "hits"
    hits.touch()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(switch.State, "open", "")
        patched.setattr(switch.State, "hits", str(hits))
        patched.setattr(switch.State, "test", "this")
        patched.setattr(switch.State, "told", set())
        yield hits


def ran(text: str, place: str = ROOM, **names: Any) -> dict[str, Any]:
    """The names of a switched module, after it was run."""
    known = dict(names)
    exec(compile(with_switches(text, place), place, "exec"), known)  # noqa: S102 - the samples of this file
    return known


def said(text: str, place: str = ROOM) -> list[tuple[str, str]]:
    return [(one.kind, one.said) for one in guards_of(text, place)]


def opened(text: str, kind: str, said: str, place: str = ROOM) -> None:
    """Open the one guard of this kind and text."""
    (found,) = [one for one in guards_of(text, place) if (one.kind, one.said) == (kind, said)]
    switch.State.open = found.key


def needed(state: Path) -> int:
    return len(state.read_text().splitlines())


REFUSING = '''"""A check."""
def check_age(age, sure):
    if age < 18 or not sure:
        raise LookupError
    return "in"
'''


def test_condition_that_raises_is_a_guard_and_so_is_each_of_its_reasons() -> None:
    assert set(said(REFUSING)) == {
        ("operand", "not sure"),
        ("operand", "age < 18"),
        ("refusal", "age < 18 or not sure"),
    }


@pytest.mark.parametrize(
    ("kind", "text", "age", "sure"),
    [
        ("refusal", "age < 18 or not sure", 3, False),
        ("operand", "age < 18", 3, True),
        ("operand", "not sure", 30, False),
    ],
)
def test_open_guard_lets_pass_what_it_refused(kind: str, text: str, age: int, sure: bool) -> None:
    check = ran(REFUSING)["check_age"]
    with pytest.raises(LookupError):
        check(age, sure)
    opened(REFUSING, kind, text)
    assert check(age, sure) == "in"


def test_open_reason_leaves_the_others_in_their_place() -> None:
    check = ran(REFUSING)["check_age"]
    opened(REFUSING, "operand", "age < 18")
    with pytest.raises(LookupError):
        check(30, False)


def test_guard_is_needed_only_where_it_refuses(state: Path) -> None:
    check = ran(REFUSING)["check_age"]
    check(30, True)
    assert needed(state) == 0
    with pytest.raises(LookupError):
        check(3, True)
    assert [line.split("\t")[1] for line in state.read_text().splitlines()] == ["this", "this"]


def test_need_of_the_same_test_is_written_down_once(state: Path) -> None:
    switch.needed("a")
    switch.needed("a")
    assert needed(state) == 1


PREDICATE = """
def may_end(actor, one):
    return actor.side == one.side and actor.can("end", one)
"""


class Somebody:
    """An actor of one side, who can or cannot."""

    def __init__(self, side: str, *, can: bool = False) -> None:
        self.side, self.is_able = side, can

    def can(self, _capability: str, _one: object) -> bool:
        return self.is_able


def test_predicate_is_a_guard_and_so_is_each_of_its_conditions() -> None:
    assert sorted(kind for kind, _ in said(PREDICATE)) == ["operand", "operand", "predicate"]


@pytest.mark.parametrize(
    ("kind", "text", "side", "can"),
    [
        ("operand", "actor.side == one.side", "theirs", True),
        ("operand", 'actor.can("end", one)', "ours", False),
        ("predicate", 'actor.side == one.side and actor.can("end", one)', "theirs", False),
    ],
)
def test_open_predicate_permits(kind: str, text: str, side: str, can: bool) -> None:
    may_end = ran(PREDICATE)["may_end"]
    actor, one = Somebody(side, can=can), Somebody("ours")
    assert not may_end(actor, one)
    opened(PREDICATE, kind, text)
    assert may_end(actor, one)


VERB = "@action(permits=may_end, records='x.ended')\ndef end(actor, one): ..."


def test_open_verb_permits_everybody() -> None:
    asked: list[Any] = []

    def action(*, permits: Any, records: str) -> Any:
        asked.append(permits)
        return lambda body: body

    ran(VERB, action=action, may_end=lambda actor, one: False)
    assert not asked[0]("actor", "one")
    opened(VERB, "permits", "may_end")
    assert asked[0]("actor", "one")


SIGHT = """
def one_seen_by(actor, key):
    rows = rows_.filter(Within(actor), pk=key, space_id__in=actor)
    return [one for one in rows if one]
"""


class Rows:
    """What a lookup was asked."""

    def filter(self, *args: Any, **conditions: Any) -> list[Any]:
        return [*args, *conditions]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Within(actor)", ["pk", "space_id__in"]),
        ("pk=key", ["within", "space_id__in"]),
        ("space_id__in=actor", ["within", "pk"]),
    ],
)
def test_open_sight_leaves_out_one_condition(text: str, left: list[str]) -> None:
    seen_by = ran(SIGHT, rows_=Rows(), Within=lambda actor: "within")["one_seen_by"]
    assert seen_by("actor", 1) == ["within", "pk", "space_id__in"]
    opened(SIGHT, "filter", text)
    assert seen_by("actor", 1) == left


def test_question_without_an_actor_is_no_sight_and_a_dictionary_no_lookup() -> None:
    text = "def months_of(agreement):\n    return Statement.objects.filter(agreement=agreement)"
    assert said(text, QUESTION) == []
    text = "def name_of(actor: Actor, key: str):\n    return names.get(key)"
    assert said(text, QUESTION) == []


def test_exit_of_a_question_asked_for_an_actor_is_a_guard() -> None:
    text = "def names(actor: Actor):\n    if not actor:\n        return []\n    return [1]"
    assert said(text, QUESTION) == [("exit", "not actor")]
    assert said(text, ROOM) == []
    names = ran(text, QUESTION, Actor=object)["names"]
    opened(text, "exit", "not actor", QUESTION)
    assert names(None) == [1]


CHECKING = "def end(one):\n    check_lasts(one)\n    return one"


def refusing(one: object) -> None:
    raise ValueError(one)


def test_open_check_is_not_made(state: Path) -> None:
    end = ran(CHECKING, check_lasts=refusing)["end"]
    with pytest.raises(ValueError, match="1"):
        end(1)
    assert needed(state) == 1
    opened(CHECKING, "check", "check_lasts(one)")
    assert end(1) == 1


NARROWING = "def narrowed_by(outer, inner):\n    return outer & inner"


def test_narrowing_is_a_guard_of_the_foundation_on_both_sides() -> None:
    assert said(NARROWING) == []
    narrowed = ran(NARROWING, FENCE)["narrowed_by"]
    assert narrowed({1, 2}, {2, 3}) == {2}
    opened(NARROWING, "narrowing", "outer", FENCE)
    assert narrowed({1, 2}, {2, 3}) == {2, 3}
    opened(NARROWING, "narrowing", "inner", FENCE)
    assert narrowed({1, 2}, {2, 3}) == {1, 2}


def test_open_decorator_leaves_the_door_bare() -> None:
    text = "@csrf_protect\ndef door(request):\n    return 'open'"
    door = ran(text, csrf_protect=lambda view: lambda request: "kept")["door"]
    assert door(1) == "kept"
    opened(text, "decorator", "csrf_protect")
    assert door(1) == "open"


def test_every_shape_of_guard_is_met_in_the_house() -> None:
    found = {
        guard.kind
        for source in sources("src")
        if is_guarded(source.place)
        for guard in guards_of(source.text, source.place)
    }
    assert found == {
        "check", "choice", "condition", "decorator", "exit", "filter", "narrowing", "operand", "permits", "predicate",
        "refusal", "writable",
    }  # fmt: skip


def test_switched_house_has_a_key_of_its_own_for_each_guard() -> None:
    keys = [
        guard.key
        for source in sources("src")
        if is_guarded(source.place)
        for guard in guards_of(source.text, source.place)
    ]
    assert len(keys) == len(set(keys)) > 500


def guard(said: str) -> Guard:
    return Guard(ROOM, 3, "refusal", said, said)


FATES = [Fate(guard("a"), 2, "tests/x.py::test_a"), Fate(guard("b"), 5), Fate(guard("c"), 0)]
NOTE = Redundant(ROOM, "refusal", "b", "the fence stands behind it")


def test_survivor_is_told_and_fails_the_run() -> None:
    told, is_good = ending(FATES, [NOTE], Recorded())
    assert (told, is_good) == (f"survives {ROOM}:3: [refusal] c (no test needs it)", False)
    assert ending(FATES[:2], [NOTE], Recorded()) == ("", True)
    assert [one.guard.said for one in survivors_of(FATES, [])] == ["b", "c"]


@pytest.mark.parametrize("said", ["a", "gone"])
def test_note_of_a_guard_that_is_killed_or_gone_is_stale(said: str) -> None:
    note = Redundant(ROOM, "refusal", said, "")
    assert stale_of(FATES, [NOTE, note]) == [note]
    assert not ending(FATES[:2], [NOTE, note], Recorded())[1]


def test_table_counts_the_guards_of_each_room() -> None:
    assert [line.split() for line in table(FATES, [NOTE]).splitlines()] == [
        ["room", "guards", "killed", "noted", "survive"],
        ["people", "3", "1", "1", "1"],
        ["all", "3", "1", "1", "1"],
    ]


def test_tests_of_the_own_room_are_asked_first_and_the_matrix_last() -> None:
    matrix, own, slow, other = (
        f"tests/{one}::test_it"
        for one in ("architecture/test_access_matrix.py", "people/a.py", "people/b.py", "api/c.py")
    )
    seconds = {matrix: 0.1, own: 1.0, slow: 2.0, other: 0.2}
    needs = Recorded(
        seconds, ["tests/people/d.py::test_broken"], {"a": {*seconds, "tests/people/d.py::test_broken"}}
    )
    assert needs.asked(guard("a")) == [own, slow, other, matrix]


def test_every_note_names_a_guard_and_says_why() -> None:
    every = [
        guard
        for source in sources("src")
        if is_guarded(source.place)
        for guard in guards_of(source.text, source.place)
    ]
    assert [
        note for note in REDUNDANT if not note.reason or not any(is_noted(one, [note]) for one in every)
    ] == []
