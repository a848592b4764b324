"""How the terms write a clock: what starts, stops and pauses it, and what a reopening does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from handfast.kernel.written_values import Identifier, Text, Texts, Written

Reopening = Literal["continue", "restart", "ignore"]
STOPPED = "stopped"


class ClockTerms(Written):
    """A clock starts at an event, stops at an event and pauses while the record is in a named status."""

    source: Identifier
    calendar: Identifier
    start: Annotated[Texts, Field(description="events that start it, or `first`: the record's first event")]
    stop: Texts = Field(min_length=1)
    pauses: dict[Text, Texts] = Field(default_factory=dict)
    resume: Texts | None = Field(None, description="events that end a pause; default: any other event")
    reopen: Texts | None = Field(
        None, description="events that reopen a stopped record; default: any other event"
    )
    reopening: Reopening
    excludes: Texts = Field((), description="types of adjustment whose time the clock does not count")

    @property
    def starts_first(self) -> bool:
        return self.start == ("first",)

    @model_validator(mode="after")
    def _each_event_has_one_role(self) -> ClockTerms:
        roles: dict[str, str] = {}
        named = {"start": () if self.starts_first else self.start, "stop": self.stop}
        named |= {f"pauses.{kind}": events for kind, events in self.pauses.items()}
        for role, events in named.items():
            for event in events:
                if roles.setdefault(event, role) != role:
                    raise ValueError(
                        f"the event {event!r} stands under {roles[event]} and under {role}: keep one"
                    )
        if STOPPED in self.pauses:
            raise ValueError(
                f"a pause may not be called {STOPPED!r}: that word names the time before a reopening"
            )
        return self
