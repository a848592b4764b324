"""What the people of the sample's second wave learn: topics, a class below its pass mark, sessions and results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SampleTopic:
    """A topic; `task` is the title of the task of the process inventory that it teaches. `questions` are a bank as it is pasted."""

    title: str
    kind: str = "process"
    task: str = ""
    text: str = ""
    is_critical: bool = False
    questions: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class SampleSession:
    """A session on a day, by the clock of the provider, with how many of the class were there, None where it is to come."""

    topic: str
    on: date
    begins: time
    expert: str
    minutes: int = 90
    there: int | None = None


@dataclass(frozen=True, slots=True)
class SampleClass:
    """A class; `results` are scores in per cent by topic and part, in the order of its people, None for no try yet."""

    title: str
    starts_on: date
    ends_on: date
    people: tuple[str, ...]
    topics: tuple[str, ...]
    taken_on: date
    results: Mapping[tuple[str, str], tuple[int | None, ...]]
    sessions: tuple[SampleSession, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleLearning:
    """All of it, written down at one instant by the provider."""

    at: datetime
    topics: tuple[SampleTopic, ...]
    classes: tuple[SampleClass, ...]


ORDERS, RETURNS, REFUNDS = "Orders: where is it, change it", "Returns within 30 days", "Refunds after 30 days"
COMPLAINTS, DATA, FRENCH = (
    "Complaints in writing",
    "Personal data and payment cards",
    "French at the telephone",
)
TEST, EXERCISE, CASES = "Knowledge test", "System exercise", "Practical cases"
COMPLIANCE, LEVEL = "Compliance test", "Language level"
_BANK = """Question\tA\tB\tC\tD\tRight\tBecause
A customer asks for a refund 41 days after delivery. What do you do first?\tRefuse it\tLook whether the article was faulty\tRefund it\tAsk the client's officer\tB\tSection 3.2: after 30 days only faults and gifts are refunded.
Up to which amount may you refund without asking?\t100 CAD\t200 CAD\t300 CAD\tAny\tC\tSection 3.4: over 300 CAD the client approves within four hours.
Which two things stand in the record of every refund?\tThe reason code\tThe customer's birthday\tThe carrier's name\tThe approval, where one was needed\tA, D\tSection 5.1: reason code and approval.
The approval does not come within four hours. What happens?\tThe refund is made\tIt goes up the ladder, and the customer is told\tThe case is closed\tNothing\tB\tSection 3.4 and the ladder of step 10.
A gift was paid by somebody else. To whom does the money go?\tTo whoever calls\tTo whoever paid\tAs a voucher to whoever got it\tTo nobody\tC\tSection 3.6: gifts are refunded as vouchers.
The customer reads you a card number. What do you do?\tWrite it into the record\tStop them, and send the payment link\tWrite it on paper\tRepeat it aloud\tB\tCard numbers are never taken by telephone.
Returned goods arrived without a note. Where do you look?\tIn the carrier portal, by parcel number\tNowhere\tIn the shop's stock\tIn the old system\tA\tSection 4.2: the parcel number leads to the order.
The refund failed at the bank. Which states may the case have?\tWaiting for the bank\tClosed\tWith billing\tNew\tA, C\tSection 5.3: until billing confirms, it is not closed.
"""
_PEOPLE = tuple(f"KR-{number:02}" for number in range(1, 13))
_ALL = (100,) * 12
STANDARD = SampleLearning(
    datetime(2026, 4, 15, 9, 40, tzinfo=UTC),
    (
        SampleTopic(ORDERS, task="Where is my order", text="Where an order is, changing and cancelling it, a second invoice.", is_critical=True),
        SampleTopic(RETURNS, task="Return within 30 days"),
        SampleTopic(REFUNDS, task="Refund after 30 days", text="When money goes back after 30 days, who approves, and what stands in the record.", is_critical=True, questions=_BANK, size=6),
        SampleTopic(COMPLAINTS, task="Complaint in writing"),
        SampleTopic(DATA, "compliance", task="Delete my data", is_critical=True),
        SampleTopic(FRENCH, "language", text="One call in nine is in French.", is_critical=True),
    ),
    (
        SampleClass(
            "Kraków, second wave", date(2026, 4, 7), date(2026, 4, 24), _PEOPLE, (ORDERS, RETURNS, REFUNDS, DATA), date(2026, 4, 14),
            {
                (ORDERS, TEST): (93, 97, 90, 87, 97, 87, 93, 100, 90, 87, 93, 90),
                (ORDERS, EXERCISE): (100, 100, 90, 90, 100, 90, 100, 100, 90, 90, 100, 90),
                (ORDERS, CASES): (90, 95, 85, 80, 92, 81, 88, 97, 84, 80, 90, 79),
                (RETURNS, TEST): (90, 97, 87, 87, 93, 80, 90, 97, 87, 83, 93, 87),
                (RETURNS, EXERCISE): (90, 100, 90, 100, 100, None, 90, 100, 90, None, 100, 90),
                (RETURNS, CASES): (86, 94, 82, None, 90, None, 84, 95, 81, None, 88, None),
                (REFUNDS, TEST): (100, 100, 67, 50, 83, 50, 67, 100, 67, 50, 83, 67),
                (REFUNDS, EXERCISE): (90, 100, 90, None, 80, None, None, 90, None, None, 90, None),
                (REFUNDS, CASES): (84, 91, None, None, None, None, None, 88, None, None, None, None),
                (DATA, COMPLIANCE): _ALL,
            },
            (
                SampleSession(ORDERS, date(2026, 4, 8), time(15, 0), "Expert for orders and returns", there=12),
                SampleSession(RETURNS, date(2026, 4, 9), time(15, 0), "Expert for orders and returns", there=11),
                SampleSession(REFUNDS, date(2026, 4, 13), time(15, 30), "Expert for billing", there=9),
                SampleSession(REFUNDS, date(2026, 4, 20), time(15, 0), "Expert for billing", 120),
                SampleSession(COMPLAINTS, date(2026, 4, 22), time(9, 0), "Expert for complaints"),
            ),
        ),
        SampleClass(
            "Team leads and trainers", date(2026, 3, 23), date(2026, 4, 2), ("KR-L1", "KR-L2", "KR-T1"), (ORDERS, RETURNS, REFUNDS, DATA, FRENCH), date(2026, 4, 2),
            {
                **{(topic, part): (94, 97, 92) for topic in (ORDERS, RETURNS, REFUNDS) for part in (TEST, EXERCISE, CASES)},
                (REFUNDS, TEST): (100, 100, 100),
                (DATA, COMPLIANCE): (100, 100, 100),
                (FRENCH, LEVEL): (100, None, None),
            },
        ),
    ),
)  # fmt: skip
