"""Guards that no test can see, each with its reason: another guard stands behind, or what they stop cannot be brought about.

An entry that names no guard any more, or one that a test sees, fails the run.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Redundant:
    """A guard by its file, its kind and its text, and why its absence changes nothing that can be seen."""

    place: str
    kind: str
    said: str
    reason: str


REDUNDANT: tuple[Redundant, ...] = ()
