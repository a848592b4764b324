"""Entries of the journal in words: who did what, when in both zones, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.foundation.models import Space
from handfast.foundation.web.instants import both_zones, shown_at
from handfast.governance.registers import REGISTERS
from handfast.journeys.queries.journal import payload_of
from handfast.operate.web.pictures.wording import month_text
from handfast.people.queries import GONE
from handfast.people.roles import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from handfast.foundation.models import Contents

ERASED = "an entry that was erased"
WORKER = "Handfast"
# The page of the thing that a verb was done to, by the noun of the verb; what has none is read in its history.
PAGES = {
    "entry": "governance:entry",
    "activity": "transition:activity",
    "comment": "evidence:comment",
    "document": "evidence:document",
}
GONE_WITH = ("activity.removed",)
# The verbs that read better in other words than their own name turned round.
SAID = {
    "contents.erased": "erased what an entry said",
    "engagement.begun": "began the engagement",
    "invitation.accepted": "joined by an invitation",
    "invitation.sent": "invited somebody",
    "invitations.sent": "invited several people together",
    "mail.chosen": "chose what is mailed to them",
    "membership.changed": "changed somebody's roles",
    "membership.ended": "ended a membership",
    "batch.recorded": "recorded batch {number}",
    "terms.drafted": "began a draft of terms",
    "terms_draft.saved": "saved the draft of terms",
    "terms_draft.proposed": "proposed the draft of terms",
    "terms.proposed": "proposed terms, version {number}",
    "terms.agreed": "agreed to terms, version {number}",
    "terms.declined": "declined terms, version {number}",
    "terms.withdrawn": "withdrew terms, version {number}",
    "terms.put_in_force_alone": "put terms, version {number}, in force alone",
    "summary.written": "wrote version {number} of the contract's summary",
    "engagement.days_kept": "let the deal's days follow the contract's summary",
    "milestone.proposed": "proposed milestone M-{number}",
    "milestone.agreed": "agreed to milestone M-{number}",
    "milestone.declined": "declined milestone M-{number}",
    "milestone.withdrawn": "withdrew milestone M-{number}",
    "milestone.put_in_force_alone": "put milestone M-{number} in force alone",
    "milestone.replaced": "put another in the place of milestone M-{number}",
    "entry.written": "wrote {entry}",
    "entry.taken_in": "took rows of a sheet in, the last of them as {entry}",
    "entry.amended": "amended {entry}",
    "entry.changed_together": "changed {entry} with others: “{state}”",
    "entry.moved": "moved {entry} to “{state}”",
    "saved_view.saved": "saved a view of {register}",
    "saved_view.amended": "changed a view of {register}",
    "saved_view.removed": "removed a view of {register}",
    "saved_view.brought_back": "brought a view of {register} back",
    "comment.written": "wrote a comment",
    "comment.withdrawn": "withdrew a comment",
    "channel.added": "added a channel",
    "channel.stopped": "stopped a channel",
    "channel.tried": "sent a test to a channel",
    "decision.asked": "asked somebody for a decision",
    "decision.given": "decided what was asked of them",
    "comment.answered_by_mail": "answered a comment by mail",
    "document.written": "wrote document {number}",
    "document.amended": "changed the draft of document {number}",
    "document.published": "published version {last_number} of document {number}",
    "passage.marked": "commented on passage {number} of a document",
    "passage.settled": "settled passage {number} of a document",
    "sign_off.asked": "asked for signatures of a document",
    "sign_off.withdrawn": "withdrew a request for signatures",
    "signature.given": "signed a document as {role}",
    "signature.declined": "declined to sign a document as {role}",
    "document.file_published": "published a file as version {last_number} of document {number}",
    "file.attached": "attached a file",
    "file.withdrawn": "withdrew a file",
    "reference.added": "said where something lives elsewhere",
    "reference.removed": "took an address away",
    "relation.made": "linked two things",
    "relation.removed": "took a link away",
    "pack.made": "made a pack",
    "pack.withdrawn": "withdrew a pack",
    "statement.drafted": "computed {month}",
    "statement_draft.issued": "issued the draft of {month}",
    "statement.issued": "issued {month}, revision {revision}",
    "statement.superseded": "put a later revision in the place of {month}, revision {revision}",
    "statement.agreed": "agreed to {month}, revision {revision}",
    "statement.disputed": "disputed {level}",
    "adjustment.proposed": "proposed adjustment A-{number}",
    "adjustment.accepted": "accepted adjustment A-{number}",
    "adjustment.declined": "declined adjustment A-{number}",
    "adjustment.withdrawn": "withdrew adjustment A-{number}",
    "figure_sheet.brought_in": "brought in figures as they were reported, sheet {number}",
    "figure_sheet.withdrawn": "withdrew sheet {number} of figures",
    "reported_value.reported": "reported a value for {month}",
    "reported_value.withdrawn": "withdrew a reported value of {month}",
    "plan.made": "made the plan",
    "plan.amended": "changed the plan's start, calendars or people",
    "plan.dated": "dated the plan",
    "plan.dated_internally": "dated the plan, for its own side",
    "plan.agreed_taken_in": "took what was agreed in the contract into the plan",
    "baseline.proposed": "proposed the plan's dates as the baseline",
    "baseline.agreed": "agreed to baseline {baseline_number}",
    "activity.added": "added an activity",
    "activity.amended": "changed an activity",
    "activity.removed": "removed an activity",
    "activity.progressed": "reported an activity's progress",
    "activity.linked": "linked two activities",
    "activity.unlinked": "unlinked two activities",
    "change.proposed": "proposed change P-{number}",
    "change.accepted": "accepted change P-{number}",
    "change.declined": "declined change P-{number}",
    "change.withdrawn": "withdrew change P-{number}",
    "wave.added": "added wave {number} to the plan",
    "wave.amended": "changed wave {number} of the plan",
    "wave.removed": "took wave {number} out of the plan",
    "freeze.declared": "declared a freeze",
    "freeze.lifted": "lifted a freeze",
    "freeze.accepted": "accepted a freeze, or that it is lifted",
    "freeze.declined": "declined a freeze, or that it is lifted",
    "step.amended": "changed what a step says",
    "delegation.made": "handed authority over while away",
    "delegation.ended": "ended a delegation early",
    "deliverable.planned": "planned deliverable DL-{number}",
    "deliverable.amended": "amended deliverable DL-{number}",
    "deliverable.silence_agreed": "agreed that no answer in time accepts deliverable DL-{number}",
    "deliverable.submitted": "handed in deliverable DL-{number}",
    "deliverable.accepted": "accepted deliverable DL-{number}",
    "deliverable.rejected": "rejected deliverable DL-{number}",
    "deliverable.deemed_accepted": "wrote down that the review of deliverable DL-{number} ended without an answer: it is accepted",
    "deliverable.withdrawn": "withdrew deliverable DL-{number}",
    "deliverable.brought_back": "brought deliverable DL-{number} back",
    "step.skipped": "left a step of bringing the deal in out",
    "skipped_step.taken_up": "took a step of bringing the deal in up again",
    "notice.given": "gave a notice",
    "notice.read": "read a notice",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: its place in its chain and its words."""

    entry: UUID
    sequence: int
    hash: str
    who: str
    what: str
    when: str
    at: datetime
    audience: str
    audience_side: str
    action: str
    subject: UUID | None
    day: str
    page: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What turns entries into words: names by person, the parties' names and sides by organisation, their zones."""

    names: Mapping[UUID, str]
    parties: Mapping[UUID | None, tuple[str, str]]
    zones: Sequence[str]

    def line(self, contents: Contents) -> Line:
        """One entry in words."""
        is_shared = contents.space.kind == Space.Kind.SHARED
        name, side = self.parties.get(contents.space.organisation_id, ("the other side", ""))
        return Line(
            contents.pk,
            contents.entry.sequence,
            contents.entry.hash,
            self._who(contents),
            what_said(contents.action, payload_of(contents)),
            both_zones(contents.at, self.zones),
            contents.at,
            "shared" if is_shared else f"Only {name}",
            "" if is_shared else side,
            contents.action,
            contents.subject_id,
            shown_at(contents.at, self.zones[0]).partition(",")[0],
            "" if contents.action in GONE_WITH else PAGES.get(contents.action.partition(".")[0], ""),
        )

    def _who(self, contents: Contents) -> str:
        if not contents.action:
            return ""
        if contents.person_id is None:
            return WORKER
        who, other = self.names.get(contents.person_id, GONE), stood_in_for(contents)
        return f"{who} for {self.names.get(other, GONE)}" if other else who


def stood_in_for(contents: Contents) -> UUID | None:
    """For whom somebody acted, where their own roles did not suffice."""
    said = payload_of(contents).get("on_behalf_of")
    return UUID(said) if said else None


def changes_said(payload: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Field, before and after of all that the entry tells; of a new thing only what it is."""
    before, after = payload.get("before") or {}, payload.get("after") or {}
    return [
        (key.replace("_", " "), _plain(before.get(key)), _plain(after.get(key)))
        for key in dict.fromkeys((*before, *after))
    ]


def _plain(value: object) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_plain(one) for one in value)
        case dict():
            return ", ".join(f"{key} {_plain(one)}" for key, one in value.items())
    return str(value)


def what_said(action: str, payload: Mapping[str, Any]) -> str:
    """`issued March 2026, revision 2`."""
    if not action:
        return ERASED
    known = payload.get("after") or {}
    month = month_text(known["period"]) if known.get("period") else "a month"
    values = {
        "number": known.get("number", "?"),
        "role": names_of([known.get("role", "")]).lower() or "somebody",
        "last_number": known.get("last_number", "?"),
        "baseline_number": known.get("baseline_number", "?"),
        "revision": known.get("revision", "?"),
        "entry": _entry_words(known),
        "state": _state_words(known),
        "register": _register_words(known),
        "level": str(known.get("level", "a line")).replace("_", " "),
    }
    return SAID.get(action, action_words(action)).format(month=month, **values)


def _entry_words(known: Mapping[str, Any]) -> str:
    """`issue I-12`."""
    kept = REGISTERS.get(known.get("register", ""))
    return f"{kept.singular} {kept.prefix}-{known.get('number', '?')}" if kept else "an entry"


def _register_words(known: Mapping[str, Any]) -> str:
    kept = REGISTERS.get(known.get("register", ""))
    return kept.name.lower() if kept else "a register"


def _state_words(known: Mapping[str, Any]) -> str:
    """The state of an entry, as its register calls it."""
    kept = REGISTERS.get(known.get("register", ""))
    states = {one.key: one.name for one in kept.states} if kept else {}
    return states.get(known.get("state", ""), "?")


def action_words(action: str) -> str:
    """`source.added` is 'added the source', 'upload.reading_begun' is 'upload: reading begun'."""
    noun, _, verb = action.partition(".")
    noun, verb = noun.replace("_", " "), verb.replace("_", " ")
    return f"{noun}: {verb}" if " " in verb else f"{verb} the {noun}"
