"""A reach of a job replaces that of whoever asks, so few may ask for one: each stands here, in sight."""

from __future__ import annotations

import ast

from tools.house.tree import sources

from handfast.foundation.scope import JOBS

ASKS = {"src/handfast/journeys/queries/readers.py", "src/handfast/transition/queries/job.py"}


def askers(name: str) -> set[str]:
    """The modules of the house that name a function, other than the one that defines it."""
    return {
        source.place
        for source in sources("src")
        for node in ast.walk(ast.parse(source.text))
        if (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.Attribute) and node.attr == name)
        or (isinstance(node, ast.ImportFrom) and name in {one.name for one in node.names})
    }


def test_only_named_jobs_ask_for_a_reach_of_their_own() -> None:
    assert askers("reached_by_job") == ASKS


def test_every_job_names_its_tables() -> None:
    assert all(JOBS.values())
