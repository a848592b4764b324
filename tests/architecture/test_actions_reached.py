"""Every verb of the house is reached by a page and by an operation of the API, or stands on a list with its reason."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from functools import cache

import pytest
from tools.house.tree import ROOT

import handfast
from handfast.foundation.actions import ACTIONS

SRC = ROOT / "src" / "handfast"
# Verbs that no page calls, each with the reason.
NO_PAGE: dict[str, str] = {
    "organisation.founded": "called by engagement.opened_first and by the command line's founding",
    "engagement.begun": "called by engagement.opened",
    "engagement.enlarged": "called by plan.grown and growth.accepted: the deal is as large as its plan",
    "invitation.sent": "called by the plain function invite_to_side, which knows the sides",
    "person.changed": "called by the plain function change_details, which knows whether there is a journal to tell",
    "terms.proposed": "called by terms_draft.proposed: it hands the draft over",
    "statement.issued": "called by statement_draft.issued: it hands the draft over",
    "engagement.days_kept": "called by summary.written: the deal's days follow what was signed",
    "milestone.replaced": "called by milestone.agreed: what is amended gives way",
    "statement.superseded": "called by statement.issued: the revision before it gives way",
    "upload.withdrawn": "called by batch.withdrawn: the file goes with its batch",
    "upload.reading_begun": "by the worker only",
    "upload.refused": "by the worker only",
    "upload.checked": "by the worker only",
    "batch.recorded": "by the worker only",
    "comment.answered_by_mail": "by mail only, which `handfast receive` takes in",
    "notice.given": "by the worker only",
    "plan.dated": "called by the plain function date_now, which runs in the reach of its job",
    "plan.dated_internally": "as above",
    "plan.simulated": "as above, by the worker",
    "plan.moves_told": "by the worker only",
    "gate.judged": "by the worker only: what was computed is nobody's act",
    "deliverable.deemed_accepted": "by the worker only: silence is nobody's act",
    "weekly_status.frozen": "by the worker only",
    "sitting.over": "by the worker only: a test that nobody handed in",
    "plan.extended": "called by offered_plan.taken_over, where it is for both sides",
}
# Verbs that no operation calls; those of the first list need none either.
NO_OPERATION: dict[str, str] = {
    "survey.answered": "the link of a survey is opened by a person, who is nobody to the API",
    "invitation.accepted": "the link of a mail is opened by a person, who is nobody to the API yet",
    "sitting.begun": "by whoever holds the code of a class, who is nobody to the API",
    "sitting.handed_in": "as above",
}


def load_everything() -> None:
    """Import all verbs, wherever they stand."""
    for found in pkgutil.walk_packages(handfast.__path__, "handfast."):
        parts = found.name.split(".")
        if "actions" in parts or parts[-1] == "erasure":
            importlib.import_module(found.name)


@cache
def names_in(door: str) -> frozenset[tuple[str, str]]:
    """Every name that the rooms' modules of a door import from the house: (module, name)."""
    found = set()
    for path in sorted(SRC.glob(f"*/{door}/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and _holds_verbs(node.module):
                used = _used_in(path.read_text("utf-8"))
                found |= {(node.module, one.name) for one in node.names if (one.asname or one.name) in used}
    return frozenset(found)


def _holds_verbs(module: str) -> bool:
    """The foundation's one verb on a row of its own stands in a module of its own."""
    return ".actions" in module or module.endswith(".erasure")


def _used_in(text: str) -> set[str]:
    """The names that are called, or handed on to be called: an import alone reaches nothing."""
    return {
        node.id
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def is_reached(records: str, door: str) -> bool:
    verb = inspect.unwrap(ACTIONS[records])
    room = verb.__module__.split(".")[1]
    return any(name == verb.__name__ and module.split(".")[1] == room for module, name in names_in(door))


load_everything()
# Without the verbs that other tests make for themselves.
VERBS = {
    key: verb for key, verb in ACTIONS.items() if inspect.unwrap(verb).__module__.startswith("handfast.")
}


def test_verbs_of_all_rooms_are_known() -> None:
    rooms = {inspect.unwrap(verb).__module__.split(".")[1] for verb in VERBS.values()}
    assert {"people", "engagement", "records", "contract", "operate"} <= rooms


@pytest.mark.parametrize("records", sorted(set(VERBS) - set(NO_PAGE)))
def test_verb_is_reached_by_a_page(records: str) -> None:
    assert is_reached(records, "web")


@pytest.mark.parametrize("records", sorted(set(VERBS) - set(NO_PAGE) - set(NO_OPERATION)))
def test_verb_is_reached_by_an_operation_of_the_api(records: str) -> None:
    assert is_reached(records, "api")


@pytest.mark.parametrize("records", sorted({*NO_PAGE, *NO_OPERATION}))
def test_verb_on_the_list_is_one_and_is_not_reached_after_all(records: str) -> None:
    assert records in ACTIONS
    reached = [
        door for door, listed in (("web", NO_PAGE), ("api", {**NO_PAGE, **NO_OPERATION})) if records in listed
    ]
    assert [door for door in reached if is_reached(records, door)] == []
