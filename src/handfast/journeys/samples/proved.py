"""What the steps of the samples have left behind: sheets that one side took in, whole, at an instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.journeys.samples.sample import Side


@dataclass(frozen=True, slots=True)
class SampleRow:
    """An entry as its sheet has it; its state is the register's first where none is said."""

    title: str
    state: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    due_on: date | None = None
    text: str = ""
    tags: tuple[str, ...] = ()
    owner: Side | None = None


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """Rows of one register. `usual` takes the shipped list instead, each row in `state` with `own`, but for those of `rows`.

    A row of `rows` then says otherwise of the usual one whose title begins as its own does.
    """

    register: str
    by: Side
    at: datetime
    rows: tuple[SampleRow, ...] = ()
    is_usual: bool = False
    state: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SampleRelief:
    """What the side that waits asks for: the dependency is first linked with the activity that it holds up, by its key."""

    by: Side
    at: datetime
    dependency: str
    activity: str
    days: int
    reason: str
    effect: str


def _at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, 5, tzinfo=UTC)


def _task(
    process: str, title: str, a_month: int, minutes: str, decision: str = "keep", **more: str
) -> SampleRow:
    own = {"process": process, "a_month": str(a_month), "minutes": minutes, "decision": decision} | more
    return SampleRow(title, "confirmed", own)


def _access(agent: int, application: str, state: str, **own: str) -> SampleRow:
    person = f"KR-{agent:02}"
    told = {"person": person, "application": application, "first_day": "2026-04-07"} | own
    return SampleRow(f"{application} for {person}", state, told)


_TASKS = (
    _task("Orders", "Where is my order", 9200, "6", systems="CRM, carrier portal"),
    _task("Orders", "Change or cancel an order", 3100, "8.5", "simplify", systems="CRM, shop"),
    _task("Orders", "Invoice again", 2400, "4", "automate", systems="CRM, billing"),
    _task("Returns", "Return within 30 days", 4100, "9", systems="CRM, shop"),
    _task("Returns", "Refund after 30 days", 900, "14", "standardise", systems="CRM, billing", exceptions="Over 300 CAD the client approves."),
    _task("Returns", "Refund of a gift", 420, "16", systems="CRM, billing"),
    _task("Accounts", "New password", 2600, "3", "automate", systems="CRM"),
    _task("Accounts", "Delete my data", 140, "20", systems="CRM", exceptions="Answered within the legal time; the client's data officer decides."),
    _task("Complaints", "Complaint in writing", 610, "24", systems="CRM"),
    _task("Complaints", "Damaged on arrival", 1180, "12", systems="CRM, carrier portal"),
    _task("Back office", "Match carrier claims", 260, "18", "stop", systems="Carrier portal"),
    SampleRow("Answer shop reviews", "", {"process": "Back office", "a_month": "310", "minutes": "7"}, text="An estimate: nobody has counted them yet."),
)  # fmt: skip
_DAYS = ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-09", "2026-03-10")
_WATCHED = (
    "Orders, morning shift",
    "Returns, morning shift",
    "Orders, evening shift",
    "Complaints",
    "Back office",
    "Accounts",
)
_LEFT = "2026-04-10"
STANDARD = (
    SampleSheet("experts", "client", _at(2, 12), (
        SampleRow("Expert for orders and returns", "released", {"knows": "Orders, returns", "hours_a_week": "16", "released_on": "2026-02-12", "kept_until": "2026-10-30"}),
        SampleRow("Expert for billing", "released", {"knows": "Refunds, invoices", "hours_a_week": "16", "released_on": "2026-02-12", "kept_until": "2026-10-30"}),
        SampleRow("Expert for complaints", "released", {"knows": "Complaints, tone", "hours_a_week": "12", "released_on": "2026-02-12", "kept_until": "2026-10-30"}),
        SampleRow("Expert for the CRM", "asked", {"knows": "CRM, routing", "hours_a_week": "12"}),
    )),
    SampleSheet("ways", "client", _at(2, 17), (
        SampleRow("Which language is written, which spoken, who interprets", "agreed", {"client_says": "English, no idioms.", "provider_says": "English; Polish inside the team.", "agreed": "English in writing and in joint meetings; each team its own language inside.", "again_on": "2026-04-20"}),
        SampleRow("How a 'no' is said", "agreed", {"client_says": "Straight out.", "provider_says": "With what is possible instead.", "agreed": "“Not possible, because; possible is”. Silence is not yes.", "again_on": "2026-04-20"}),
        SampleRow("Messages out of hours", "", {"client_says": "Mail can wait.", "provider_says": "Team leads read mail at night."}),
    )),
    SampleSheet("processes", "provider", _at(3, 11), _TASKS),
    SampleSheet("shadowing", "provider", _at(3, 12), tuple(
        SampleRow(f"Session {number}: {watched}", "held", {"watched": watched, "held_on": day, "notes": "Steps, screens and exceptions written into the procedures of the step."})
        for number, (day, watched) in enumerate(zip(_DAYS, _WATCHED, strict=True), start=1)
    )),
    SampleSheet("findings", "provider", _at(3, 16), (
        SampleRow("Refunds over 300 CAD need an approval that the contract does not name", "settled", {"kind": "scope", "weight": "high", "assumed": "Agents refund without asking.", "treatment": "Change request: approval within four hours by the client."}),
        SampleRow("One call in nine is in French", "settled", {"kind": "volume", "weight": "high", "assumed": "All calls in English.", "treatment": "Change request: two agents with French from wave 2."}),
        SampleRow("Carrier portal signs out after ten minutes", "accepted", {"kind": "other", "weight": "low", "assumed": "One sign-in a shift.", "treatment": "Accepted; handling time measured with it."}),
    )),
    SampleSheet("stakeholders", "client", _at(3, 3), (
        SampleRow("Shop staff who call support", "engaged", {"impact": "high", "stance": "unsure", "sponsor": "Head of shops", "sponsor_acted_on": "2026-04-09", "resistance": "They fear longer waits; shown the figures of wave 1 each Monday."}),
        SampleRow("Support team in Toronto", "mapped", {"impact": "high", "stance": "against", "sponsor": "Head of customer care", "sponsor_acted_on": "2026-02-26"}),
        SampleRow("Finance", "settled", {"impact": "low", "stance": "for"}),
    )),
    SampleSheet("messages", "client", _at(3, 4), (
        SampleRow("Shop staff: what stays the same, new ways to ask", "sent", {"audience": "shop staff", "sender": "change lead", "channel": "mail, short film", "sent_on": "2026-03-16"}, date(2026, 3, 16)),
        SampleRow("Support team: what changes for me, when I know, who helps", "sent", {"audience": "support team", "sender": "line manager", "channel": "team meeting", "sent_on": "2026-03-20"}, date(2026, 3, 18)),
        SampleRow("New team in Kraków: who the customer is, what good looks like", "sent", {"audience": "new team", "sender": "process owner", "channel": "welcome talk", "sent_on": "2026-04-07"}, date(2026, 4, 7)),
        SampleRow("Shop staff: first day, contacts, known limits", "", {"audience": "shop staff", "sender": "change lead", "channel": "mail, intranet banner"}, date(2026, 5, 28)),
    )),
    SampleSheet("retained", "client", _at(3, 24), (
        SampleRow("Vendor manager", "filled", {"change": "new", "named": "Priya Raman", "authority": "Credits up to 5,000 CAD"}, tags=("vendor office",)),
        SampleRow("Quality lead", "filled", {"change": "stays", "named": "Head of customer care", "authority": "Tone and quality"}),
        SampleRow("Refund approver", "planned", {"change": "new", "authority": "Refunds over 300 CAD"}),
    )),
    SampleSheet("checks", "provider", _at(4, 14), (
        SampleRow("Recording starts", "red", {"checked_on": "2026-04-13"}, text="The vendor's test bench is down until 4 May."),
        SampleRow("Voice quality at peak", "green", {"checked_on": "2026-02-26"}, text="Measured in wave 1; to be repeated in Kraków."),
    ), is_usual=True, state="green", own={"checked_on": "2026-04-13"}),
    SampleSheet("access", "provider", _at(4, 14, 11), (
        *(_access(agent, application, "proved", proved_on="2026-04-02") for agent in range(1, 13) for application in ("CRM", "Telephony")),
        *(_access(agent, "Billing", "proved", proved_on="2026-04-03") for agent in range(1, 9)),
        *(_access(agent, "Billing", "granted") for agent in range(9, 12)),
        _access(12, "Billing", "requested"),
        _access(13, "CRM", "closed", proved_on="2026-04-02", left_on=_LEFT, closed_on="2026-04-10"),
        _access(13, "Telephony", "granted", left_on=_LEFT),
    )),
    SampleSheet("dependencies", "client", _at(4, 1), (
        SampleRow("Translated articles of the knowledge base", "", {"owed_by": "provider", "clause": "Annex 3, 2.4"}, date(2026, 4, 30), owner="provider"),
        SampleRow("Accounts for the second class", "delivered", {"owed_by": "client", "clause": "Annex 3, 1.2", "delivered_on": "2026-04-03"}, date(2026, 4, 2), owner="client"),
        SampleRow("Right to export for the role “Billing agent”", "", {"owed_by": "client", "clause": "Annex 3, 1.3", "notice_days": "10"}, date(2026, 4, 7), owner="client"),
    )),
    SampleSheet("reports", "provider", _at(4, 8), (
        SampleRow("Weekly service report", "tried", {"how_often": "Each Monday", "tried_on": "2026-04-06", "in_a_row": "5"}),
        SampleRow("Report of repeated contacts", "agreed", {"how_often": "Monthly", "in_a_row": "0"}),
    )),
    SampleSheet("realignment", "client", _at(3, 5), (
        SampleRow("Support agents, morning shift", "in-consultation", {"outcome": "moves", "steps": "Offer of 12 March; answer until 20 April."}, date(2026, 5, 15)),
        SampleRow("Team leader, evening shift", "confirmed", {"outcome": "stays", "told_on": "2026-03-20"}),
    )),
    SampleSheet("lessons", "provider", _at(4, 9), (
        SampleRow("Accounts were asked for two weeks too late in wave 1", "taken-up", {"changed": "Access is asked for when the class is named"}),
        SampleRow("Experts were booked over their days", "noted"),
    )),
)  # fmt: skip
LIGHT = (
    SampleSheet("access", "provider", _at(4, 8), (
        *(SampleRow(f"Help desk for agent {one}", "proved", {"person": f"Agent {one}", "application": "Help desk", "proved_on": "2026-02-03"}) for one in range(1, 9)),
    )),
    SampleSheet("cases", "provider", _at(4, 9), (
        *(SampleRow(f"Agent {one}", "passed", {"right": right, "checked_on": "2026-02-05"}) for one, right in enumerate(("9", "10", "10", "9", "10", "9", "9"), start=1)),
        SampleRow("Agent 8", "again", {"right": "7", "checked_on": "2026-04-09", "missed": "Three answers without the account's number."}),
    )),
    SampleSheet("briefings", "client", _at(4, 9), (
        SampleRow("Where to ask, and what the new team answers", "held", {"group": "Colleagues in the office", "people": "24", "invited": "24", "attended": "21", "confirmed": "21", "held_on": "2026-02-04"}),
    )),
)  # fmt: skip
RELIEFS = (
    SampleRelief(
        "provider",
        datetime(2026, 4, 16, 8, 40, tzinfo=UTC),
        "Right to export for the role “Billing agent”",
        "w2.knowledge.classroom",
        4,
        "Billing cases cannot be taught without the export.",
        "The class trains refunds a week later; no service level is touched before go-live.",
    ),
)
