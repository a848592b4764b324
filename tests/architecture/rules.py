"""What a line of the policy table can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["open", "library", "signed-in", "see", "can"]
By = Literal["", "own", "maker", "other", "somewhere", "person", "person or manager"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a method of a route asks. `by` says of which side: of `of` the own one, its maker's or the other one.

    `person`: of whom the address names a thing, as the author of a comment; `person or manager`: also whoever manages people.
    `somewhere`: the word is asked of any engagement of the organisation, for what belongs to it and to none of them.
    """

    kind: Kind
    word: str = ""
    by: By = ""
    of: str = ""


OPEN = Rule("open")
LIBRARY = Rule(
    "library"
)  # the library's own sign-in pages: they never fail and never tell, and decide by themselves
SIGNED_IN = Rule("signed-in")
SEE = Rule("see")


def can(word: str, by: By = "", of: str = "") -> Rule:
    return Rule("can", word, by, of)


def read(rule: Rule = SEE) -> dict[str, Rule]:
    return {"GET": rule}


def write(rule: Rule) -> dict[str, Rule]:
    return {"POST": rule}


def form(rule: Rule, opened: Rule = SEE) -> dict[str, Rule]:
    return {"GET": opened, "POST": rule}
