"""Whoever decides by a form decides on what they saw: every page that changes what can be stale passes `as_seen`."""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from tests.architecture.test_actions_reached import SRC, VERBS

from handfast.foundation.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

# Verbs on what has a `seen_as` that no form need pass, each with its reason.
NEED_NOT = {
    "agreement.made": "a new thing beside the others: nothing of the deal is replaced",
    "summary.written": "a new version beside the others, held to the number of the one that was open",
    "engagement.days_kept": "by writing a summary only, which is held so",
    "milestone.proposed": "as above; in the place of another it is refused where that one gave way meanwhile",
    "milestone.replaced": "by agreeing only, which is held to the milestone that was seen",
    "source.added": "a new thing beside the others",
    "upload.received": "as above: the batch keeps the mapping by which it is read",
    "feed.made": "one's own, and the one before it ends whatever was seen",
    "token.issued": "one's own, and a new thing",
    "person.changed": "one's own name and zone: nobody else writes them",
    "mail.chosen": "one's own, and nobody else writes it",
    "membership.ended": "it ends whichever roles it has; twice is refused by its state",
    "statement.superseded": "by issuing only, which is held to the draft that was seen",
    "adjustment.accepted": "what was proposed never changes; answered twice is refused by its state",
    "adjustment.declined": "as above",
    "adjustment.withdrawn": "as above",
    "change.accepted": "as above; what was changed meanwhile is refused by its values",
    "change.declined": "as above",
    "change.withdrawn": "as above",
    "engagement.enlarged": "by the growth of its plan only, which is held to the version that was seen",
    "growth.declined": "what was proposed never changes; answered twice is refused by its state",
    "growth.withdrawn": "as above",
    "saved_view.brought_back": "of whoever removed it a moment ago; it comes back as it was",
    "survey.reminded": "whom it reaches is asked under the lock",
    "survey.invited": "only adds: whoever is invited already is not asked twice",
    "gates.laid_out": "new things: an engagement has one set",
    "gate.added": "a new thing beside the others",
    "criterion.added": "as above",
    "criterion.attested": "as above: the last word counts, and those before it stay",
    "gate_decision.planned": "both sides signed the day; what it moves is a change of the plan, which has its own",
    "relief.asked": "as below: one at a time, which is asked under the lock",
    "waiver.asked": "as above: one at a time, which is asked under the lock",
    "gate.judged": "by the worker, which writes what it computes then",
    "gate_decision.signed": "held to the digest of what is signed, which never changes",
    "gate_decision.declined": "what is being signed never changes; answered twice is refused by its state",
    "gate_decision.withdrawn": "as above",
    "deliverable.planned": "a new thing beside the others",
    "deliverable.deemed_accepted": "by the worker, which is held to the state and the clock",
    "step.skipped": "a new thing beside the deal; left out twice is refused",
    "plan.made": "a new thing beside the others: an engagement has one",
    "plan.extended": "by taking over only, which is held to the file that was seen and to the version computed on",
    "plan.moves_told": "by the worker, once an evening",
    "weekly_status.frozen": "by the worker, once a week",
    "weekly_status.remarked": "the own side's words of a week that is open: what the other side wrote stays",
    "status_reader.added": "one's own, and a new thing",
    "topic.added": "a new thing beside the others",
    "topics.taken": "as above, and only for tasks that have none",
    "class.opened": "as above",
    "question.added": "new things beside the others",
    "results.recorded": "as above; what stands there already is not written twice",
    "trainee.enrolled": "as above",
    "session.planned": "as above",
    "class_code.opened": "a new code, and the one before it ends whatever was seen",
    "class_code.closed": "it ends whichever code there is",
    "practical.scored": "a new try beside the others",
    "try.allowed": "as above",
    "sitting.begun": "one at a time, which is asked under the lock",
    "plan.simulated": "by the job, which drops answers to older dates",
    "plan.dated": "by the job, which drops answers to an older version",
}


def subject_of(records: str) -> str:
    """The name of what a verb is about."""
    return str(list(inspect.signature(ACTIONS[records]).parameters.values())[1].annotation)


def stale_verbs() -> list[str]:
    """Verbs about what says by `seen_as` how it was seen."""
    models = {model.__name__ for model in apps.get_models() if hasattr(model, "seen_as")}
    return sorted(records for records in VERBS if subject_of(records) in models)


def calls_of(verb: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a verb in the pages."""
    for path in sorted(SRC.glob("*/web/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == verb:
                yield f"{path.relative_to(SRC)}:{node.lineno}", node


def test_list_names_only_verbs_that_could_be_stale() -> None:
    assert NEED_NOT.keys() - set(stale_verbs()) == set()


@pytest.mark.parametrize("records", sorted(set(stale_verbs()) - NEED_NOT.keys()))
def test_page_that_changes_what_can_be_stale_passes_what_was_seen(records: str) -> None:
    verb = inspect.unwrap(ACTIONS[records]).__name__
    calls = list(calls_of(verb))
    assert calls, f"no page calls {verb}"
    # A spread hands on what a form holds: then the form has the field, as each of their tests of conflict shows.
    blind = [place for place, call in calls if not {one.arg for one in call.keywords} & {"as_seen", None}]
    assert blind == []
