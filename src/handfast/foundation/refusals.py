"""What the house refuses, as the person meets it: each with a stable code and the status of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

UNPROCESSABLE = 422


class NotSeen(Refusal):
    """Nothing of this name is in sight of the person; whether it exists is not said."""

    code = "not-seen"
    status = 404

    def __init__(self, said: str = "there is nothing here that you can see") -> None:
        super().__init__(said)


class NotPermitted(Refusal):
    """The person sees it and may not do this."""

    code = "not-permitted"
    status = 403


class Conflict(Refusal):
    """Somebody else was first: what the person saw is no longer so."""

    code = "conflict"
    status = 409


class FieldsRefused(Refusal):
    """Values of a form or a request that cannot be taken; `fields` says which and why."""

    code = "fields-refused"
    status = UNPROCESSABLE

    def __init__(self, said: str, fields: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(said)
        self.fields = tuple(fields)


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal; one without its own is something that was sent wrong."""
    return int(getattr(refusal, "status", UNPROCESSABLE))


def sentence_of(refusal: Refusal) -> str:
    """What it says, as a sentence on a page."""
    said = str(refusal)
    return f"{said[:1].upper()}{said[1:]}."


def title_of(refusal: Refusal) -> str:
    """The code as words: 'statement-frozen' is 'Statement frozen'."""
    return refusal.code.replace("-", " ").capitalize()


def problem_of(refusal: Refusal) -> dict[str, object]:
    """The refusal as problem+json says it (RFC 9457)."""
    problem: dict[str, object] = {
        "type": f"urn:handfast:refusal:{refusal.code}",
        "title": title_of(refusal),
        "status": status_of(refusal),
        "detail": str(refusal),
        "code": refusal.code,
    }
    if fields := getattr(refusal, "fields", ()):
        problem["fields"] = [{"name": name, "fault": fault} for name, fault in fields]
    return problem
