"""The three lines by which a decision is asked, and the digest by which they are known again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.governance.models import RegisterEntry


@dataclass(frozen=True, slots=True)
class ThreeLines:
    """What is decided, why and among what, and what happens if nobody answers by the day."""

    name: str
    what: str
    why: str
    if_silent: str
    by: str
    space: str

    @property
    def sha256(self) -> str:
        """Of all that somebody decides on, and of who reads it: another word is another digest."""
        said = [self.name, self.what, self.why, self.if_silent, self.by, self.space]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def three_lines(entry: RegisterEntry, if_silent: str) -> ThreeLines:
    """As they stand at this moment."""
    by = entry.due_on.isoformat() if entry.due_on else ""
    return ThreeLines(entry.name, entry.title, entry.text, if_silent, by, str(entry.space_id))
