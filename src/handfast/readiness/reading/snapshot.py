"""What both sides sign at a gate: its criteria as they stood, frozen as canonical JSON."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import rfc8785

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT = "handfast-gate-1"


def snapshot_of(
    gate: Mapping[str, Any], decision: Mapping[str, Any], criteria: Sequence[Mapping[str, Any]]
) -> str:
    """The text that is signed (RFC 8785): the same evidence gives the same letters."""
    told: dict[str, Any] = {"format": FORMAT, "gate": gate, "decision": decision, "criteria": list(criteria)}
    return rfc8785.dumps(told).decode("utf-8")


def digest_of(snapshot: str) -> str:
    """The SHA-256 of its letters in UTF-8, as anybody can compute it of the file."""
    return hashlib.sha256(snapshot.encode("utf-8")).hexdigest()


def read_snapshot(text: str) -> dict[str, Any]:
    """What was frozen."""
    found: dict[str, Any] = json.loads(text)
    return found
