"""Whatever writes is a verb with a permission and an entry, or says on a list why it is none."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.architecture.test_actions_reached import SRC, load_everything

from handfast.foundation.actions import ACTIONS, UNRECORDED

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITING = frozenset(
    {"save", "create", "bulk_create", "update", "delete", "get_or_create", "update_or_create"}
)
VERBS = frozenset({"action", "unrecorded"})
# Functions in the rooms' actions that write and are no verb themselves.
BARE = {
    "contract.actions.answering.answered": "by verbs only: an agreement, a decline, a withdrawal of what was proposed",
    "evidence.actions.files.keep_file": "by verbs only: what is attached, what is published as a version",
    "governance.actions.keeping.keep_changed": "by verbs only: what an entry says, its move, the change of several",
    "learning.actions.keeping.keep_results": "by verbs only: what is written down, scored, handed in, or over",
    "people.actions.accesses.note_opened": "nobody decides it: what an auditor only read changes nothing, and is listed",
    "people.actions.companies.note_entering": "nobody decides it; when an account of one's own was last used",
    "journeys.actions.channels.plant_delivery": "by a verb, a test; and by the worker, for what happened",
    "people.actions.mailing.plant_digest": "nobody decides it: the row that makes tomorrow's mail",
    "people.actions.organisations.new_organisation": "written by verbs only: a founding, a joining",
    "people.actions.persons.new_person": "written by verbs, and by the command line's founding, before anybody acts",
    "people.actions.tokens.note_use": "nobody decides it and nobody else reads it",
    "people.actions.memberships.note_visit": "nobody decides it; told to the own side only",
    "surveys.actions.mailing.ask_these": "by verbs only: what is opened, who is invited to what is open, a reminder",
    "surveys.actions.mailing.make_links": "as above",
    "surveys.actions.reminding.plant_reminder": "nobody decides it: the row by which the worker looks in three days",
    "transition.actions.activities.take_out": "by verbs only: a removal, one that was accepted",
    "transition.actions.activities.write_changes": "by verbs only: an amendment, a change that was accepted",
    "transition.actions.deliverables.keep_deliverable": "by verbs only: what a deliverable says, its state",
    "transition.actions.undoing.keep_for_undo": "by the verbs that can be taken back, in their own transaction",
    "transition.actions.versions.count_change": "by every verb of the plan, in its own transaction",
    "people.actions.resets.ask_for_reset": "by a stranger; it plants a mail and changes nothing of the person",
}


def public_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the rooms' actions that others can call, by its module."""
    for path in sorted(SRC.glob("*/actions/*.py")):
        module = ".".join(path.relative_to(SRC).with_suffix("").parts)
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{module}.{node.name}", node


def decorators_of(function: ast.FunctionDef) -> set[str]:
    called = (one.func for one in function.decorator_list if isinstance(one, ast.Call))
    return {one.id for one in called if isinstance(one, ast.Name)}


def is_writing(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING
        for node in ast.walk(function)
    )


def test_function_that_writes_is_a_verb_or_says_why_not() -> None:
    bare = {name for name, one in public_functions() if is_writing(one) and not decorators_of(one) & VERBS}
    assert (sorted(bare - BARE.keys()), sorted(BARE.keys() - bare)) == ([], [])


def test_function_that_writes_without_a_verb_is_seen() -> None:
    bare = ast.parse("def change_all(rows):\n    rows.update(name='x')\n").body[0]
    assert isinstance(bare, ast.FunctionDef)
    assert is_writing(bare)
    assert not decorators_of(bare) & VERBS
    verb = ast.parse("@action(permits=may, records='all.changed')\ndef change_all(actor, row): ...\n").body[0]
    assert isinstance(verb, ast.FunctionDef)
    assert decorators_of(verb) == {"action"}


def test_verb_that_no_journal_tells_of_says_why() -> None:
    load_everything()
    own = {
        name.removeprefix("handfast."): why
        for name, why in UNRECORDED.items()
        if name.startswith("handfast.")
    }
    assert own.keys() == {
        "evidence.actions.comments.see_mention",
        "journeys.actions.answers.open_answer_key",
        "journeys.actions.answers.tell_of_mail",
        "journeys.actions.channels.note_delivery",
        "journeys.actions.digests.begin_digest",
        "journeys.actions.digests.close_digest",
        "people.actions.companies.link_company_account",
        "people.actions.companies.unlink_company_account",
        "people.actions.erasing.erase_person",
        "people.actions.persons.change_alone",
        "people.actions.sessions.end_session",
        "surveys.actions.answering.answer_anonymously",
        "surveys.actions.answering.answer_by_link",
    }
    assert all(len(why.split()) > 6 for why in own.values())
    assert not any(
        f"handfast.{name}" in {f"{one.__module__}.{one.__name__}" for one in ACTIONS.values()} for name in own
    )
