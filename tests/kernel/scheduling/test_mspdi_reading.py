"""Microsoft Project XML is read as the format means it; what is unsafe, too large or wrong is refused by task and field."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.scheduling import mspdi_files as files
from tests.kernel.scheduling.mspdi_files import DAY, after, calendar, exception, file, task, there, week_day

from handfast.kernel.scheduling import mspdi_calendars, mspdi_links, mspdi_reading
from handfast.kernel.scheduling.mspdi_calendars import FileCalendars
from handfast.kernel.scheduling.mspdi_planning import Mapped, plan_of
from handfast.kernel.scheduling.mspdi_reading import read_mspdi
from handfast.kernel.scheduling.plan import Activity, Duration
from handfast.kernel.scheduling.refusals import MspdiRefused
from handfast.kernel.scheduling.schedule import schedule

HOUR_US = 3_600_000_000


def mapped(text: str) -> Mapped:
    return plan_of(read_mspdi(text, name="theirs.xml"), zone="UTC")


def activity(found: Mapped, id_: str) -> Activity:
    return found.plan.activities[found.plan.places[id_]]


def ends(found: Mapped, id_: str) -> int:
    return schedule(found.plan).by_id[id_].ends_us


HOSTILE = {
    "entity": '<!DOCTYPE x [<!ENTITY a "b">]><Project xmlns="http://schemas.microsoft.com/project">&a;</Project>',
    "a thousand million laughs": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]><l>&c;</l>',
    "file of the machine": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "address elsewhere": '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd"><x/>',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_document_types_and_entities_are_refused(text: str) -> None:
    with pytest.raises(MspdiRefused, match="a document type or an entity") as refused:
        read_mspdi(text, name="theirs.xml")
    assert refused.value.code == "mspdi-refused"


@pytest.mark.parametrize(("text", "said"), [
    ("<Project>", "theirs.xml, line 1, column"),
    ("", "theirs.xml, line 1"),
    (b"\xff\xfe\x00", "theirs.xml, line 1"),
    (b"<?xml version='1.0' encoding='no-such-code'?><a/>", "theirs.xml"),
    ("<Project/>", "this is not Microsoft Project XML"),
    (file("<Task><Name>x</Name></Task>"), "task, UID: is missing"),
    (file(task(1), task(1)), "task UID 1, UID: stands twice"),
    (file(task(-1)), "task UID -1, UID: is not negative"),
    (file(task(1, "<Duration>8h</Duration>")), "task UID 1, Duration: '8h' is not a duration"),
    (file(task(1, "<Duration>PT</Duration>")), "task UID 1, Duration: 'PT' is not a duration"),
    (file(task(1, "<Start>2026-03-02</Start>")), "task UID 1, Start: '2026-03-02' is not a local time"),
    (file(task(1, "<Start>2026-02-30T08:00:00</Start>")), "task UID 1, Start: there is no 2026-02-30"),
    (file(task(1, "<Start>0001-01-01T08:00:00</Start>")), "task UID 1, Start: .* outside the years"),
    (file(task(1, "<PercentComplete>101</PercentComplete>")), "PercentComplete: 101 is not a number from 0 to 100"),
    (file(task(1, "<Milestone>yes</Milestone>")), "task UID 1, Milestone: 'yes' is neither 0 nor 1"),
    (file(task(1, "<ConstraintType>8</ConstraintType>")), "ConstraintType: 8 is not a number from 0 to 7"),
    (file(task(1, after(1, kind=4))), "task UID 1, Type: 4 is not a number from 0 to 3"),
    (file(task(1, after(1, lag=10**13))), "task UID 1, LinkLag: '10000000000000' is not a whole number"),
    (file(task(1), calendars=calendar(3, "<WeekDays>" + week_day(2, ("09:00", "08:00")) + "</WeekDays>")),
     "calendar UID 3, WorkingTime: 08:00:00 does not come after 09:00:00"),
    (file(task(1), calendars=calendar(3, "<WeekDays>" + week_day(2, ("25:00", "08:00")) + "</WeekDays>")),
     "calendar UID 3, FromTime: '25:00:00' is not a time of day"),
    (file(task(1), calendars=calendar(3, "<Exceptions>" + exception("2026-03-03", "2026-03-02") + "</Exceptions>")),
     "calendar UID 3, TimePeriod: write FromDate and ToDate"),
    (file(task(1, "<Name>" + "x" * 5000 + "</Name>")).replace("<Name>Task 1</Name>", ""),
     "task UID 1, Name: 5,000 characters"),
])  # fmt: skip
def test_fault_is_refused_with_its_line_or_its_task_and_field(text: str | bytes, said: str) -> None:
    with pytest.raises(MspdiRefused, match=said):
        read_mspdi(text, name="theirs.xml")


def test_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mspdi_reading, "LARGEST_BYTES", 100)
    with pytest.raises(MspdiRefused, match="at most 100 are read"):
        read_mspdi(file(task(1)), name="theirs.xml")
    monkeypatch.undo()
    monkeypatch.setattr(mspdi_reading, "MOST_ACTIVITIES", 1)
    with pytest.raises(MspdiRefused, match="2 tasks; at most 1 are read"):
        read_mspdi(file(task(1), task(2)), name="theirs.xml")


def test_calendars_that_name_each_other_or_nobody_are_refused() -> None:
    base = "<BaseCalendarUID>{}</BaseCalendarUID>"
    ring = calendar(3, base.format(4)) + calendar(4, base.format(3))
    on = "<CalendarUID>3</CalendarUID>"
    with pytest.raises(MspdiRefused, match="the bases go round"):
        mapped(file(task(1, DAY, on), calendars=ring))
    with pytest.raises(MspdiRefused, match="calendar UID 9: is named, but not in the file"):
        mapped(file(task(1, DAY, on), calendars=calendar(3, base.format(9))))


def test_exceptions_of_more_days_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    long = calendar(3, "<Exceptions>" + exception("1950-01-01", "2150-01-01") + "</Exceptions>")
    text = file(task(1, DAY, "<CalendarUID>3</CalendarUID>"), calendars=long)
    with pytest.raises(MspdiRefused, match="days are different"):
        mapped(text)
    monkeypatch.setattr(mspdi_calendars, "MOST_DAYS", 1000)
    with pytest.raises(MspdiRefused, match="over 1,000 days in one file"):
        mapped(text)


def test_links_of_summaries_are_spread_and_no_more_than_can_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for a phase waits for all of it; a phase that waits, waits with every task."""
    lines = [task(1, name="Phase"), task(2, level=2), task(3, "<Duration>PT16H0M0S</Duration>", level=2)]
    text = file(*lines, task(4, after(1), name="Next"), task(5, DAY, level=2), task(6, DAY, level=2))
    found = mapped(text)
    assert {(one.id, link.other) for one in found.plan.activities for link in one.after} == {
        ("t5", "t2"), ("t5", "t3"), ("t6", "t2"), ("t6", "t3")
    }  # fmt: skip
    assert ends(found, "t5") == there("2026-03-04T17:00:00")
    assert [(step.key, step.name) for step in found.plan.steps] == [("t1", "Phase 1"), ("t4", "Next 4")]
    monkeypatch.setattr(mspdi_links, "MOST_LINKS", 5)
    with pytest.raises(MspdiRefused, match="over 5 links"):
        mapped(text)


def test_steps_are_named_by_their_path() -> None:
    found = mapped(file(task(1, name="Phase"), task(2, level=2, name="Part"), task(3, level=3)))
    assert [(step.key, step.name) for step in found.plan.steps] == [("t2", "Phase 1 / Part 2")]


@pytest.mark.parametrize(("kind", "lag", "unit", "end"), [
    (1, 0, 7, "2026-03-03T17:00:00"),
    (3, 4800, 7, "2026-03-03T17:00:00"),
    (0, 9600, 7, "2026-03-04T17:00:00"),
    (1, -2400, 5, "2026-03-03T12:00:00"),
    (1, 14400, 8, "2026-03-04T17:00:00"),
    (1, 50, 19, "2026-03-04T12:00:00"),
    (1, 50, 51, "2026-03-04T12:00:00"),
    (1, 200, 20, "2026-03-04T09:00:00"),
])  # fmt: skip
def test_lags_count_tenths_of_minutes_on_the_calendar_elapsed_or_in_percent(
    kind: int, lag: int, unit: int, end: str
) -> None:
    found = mapped(file(task(1), task(2, DAY, after(1, kind, lag, unit))))
    assert ends(found, "t2") == there(end)
    assert any("%" in one for one in found.remarks) == (unit in (19, 20, 51))


def test_constraints_become_bounds_and_what_has_no_place_is_said() -> None:
    at = "<ConstraintDate>2026-03-05T08:00:00</ConstraintDate>"
    found = mapped(file(*[task(n, DAY, f"<ConstraintType>{n}</ConstraintType>", at) for n in range(1, 8)]))
    at_us = there("2026-03-05T08:00:00")
    bounds = {one.id: (one.not_before_us, one.fixed_us, one.deadline_us) for one in found.plan.activities}
    none = (None, None, None)
    assert bounds == {
        "t1": none, "t2": (None, at_us, None), "t3": (None, None, at_us), "t4": (at_us, None, None),
        "t5": none, "t6": none, "t7": (None, None, at_us),
    }  # fmt: skip
    assert [one[:10] for one in found.remarks] == ["task UID 1", "task UID 3", "task UID 5", "task UID 6"]


def test_links_to_nobody_or_to_the_inactive_are_left_out_and_said() -> None:
    idle = "<Active>0</Active>"
    found = mapped(file(task(1, DAY, idle), task(2, DAY, after(1), after(77))))
    assert activity(found, "t2").after == ()
    assert found.remarks == (
        "task UID 1: is inactive: left out",
        "task UID 2: waits for UID 1, which is inactive: the link is left out",
        "task UID 2: waits for UID 77, which is not in the file: the link is left out",
    )


def test_progress_is_read_as_of_the_status_or_of_the_last_that_happened() -> None:
    begun = "<ActualStart>2026-03-02T08:00:00</ActualStart>"
    left = "<RemainingDuration>PT4H0M0S</RemainingDuration>"
    over = "<ActualFinish>2026-03-03T12:00:00</ActualFinish>"
    lines = (
        task(1, DAY, begun, over),
        task(2, DAY, begun, left),
        task(3, DAY, "<PercentComplete>5</PercentComplete>"),
    )
    found = mapped(file(*lines))
    assert found.plan.as_of_us == there("2026-03-03T12:00:00")
    assert activity(found, "t1").actual.finished_us == found.plan.as_of_us
    assert activity(found, "t2").actual.remaining == Duration(4 * HOUR_US, "h")
    assert "task UID 3: 5 % complete, but no actual start: left out" in found.remarks
    later = mapped(file(*lines, head="<StatusDate>2026-03-04T17:00:00</StatusDate>"))
    assert later.plan.as_of_us == there("2026-03-04T17:00:00")


def test_exceptions_close_days_or_change_their_hours_and_come_back_by_rule() -> None:
    """Every second Friday, each 6 March, one day of other hours, three days closed."""
    yearly = exception(
        "2020-03-06", "2030-12-31", more="<Type>2</Type><Month>2</Month><MonthDay>6</MonthDay>"
    )
    fridays = exception(
        "2026-03-09", "2026-04-30", more="<Type>6</Type><Period>2</Period><DaysOfWeek>32</DaysOfWeek>"
    )
    short = exception("2026-03-17", "2026-03-17", ("10:00", "12:00"))
    closed = exception("2026-03-24", "2026-03-26")
    unread = exception("2026-05-01", "2026-06-01", more="<Type>5</Type>", name="Odd")
    week = "<WeekDays>" + "".join(week_day(day, ("09:00", "17:00")) for day in range(2, 7)) + "</WeekDays>"
    found = read_mspdi(
        file(
            calendars=calendar(3, week, f"<Exceptions>{yearly}{fridays}{short}{closed}{unread}</Exceptions>")
        ),
        name="theirs.xml",
    )
    calendars = FileCalendars(found.calendars, "theirs.xml")
    hours = calendars.of(3)
    shut = [day for day in range(1, 32) if not hours.on(date(2026, 3, day))]
    weekends = [1, 7, 8, 14, 15, 21, 22, 28, 29]
    assert shut == sorted([*weekends, 6, 13, 24, 25, 26, 27])
    assert hours.on(date(2026, 3, 17)) == ((36_000, 43_200),)
    assert hours.on(date(2026, 3, 2)) == ((32_400, 61_200),)
    assert calendars.remarks == [
        "calendar 'Shift': the exception 'Odd' comes back by a rule that is not read: its days are left as they are"
    ]


def test_old_exceptions_among_the_weekdays_and_weeks_of_their_own_are_read() -> None:
    old = (
        "<WeekDays><WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod>"
        "<FromDate>2026-03-03T00:00:00</FromDate><ToDate>2026-03-03T23:59:00</ToDate></TimePeriod></WeekDay></WeekDays>"
    )
    own_week = (
        "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2026-03-09T00:00:00</FromDate>"
        "<ToDate>2026-03-15T00:00:00</ToDate></TimePeriod><WeekDays>"
        + week_day(7, ("10:00", "14:00"))
        + "</WeekDays></WorkWeek></WorkWeeks>"
    )
    found = read_mspdi(file(calendars=calendar(3, old, own_week)), name="theirs.xml")
    hours = FileCalendars(found.calendars, "theirs.xml").of(3)
    assert hours.on(date(2026, 3, 3)) == ()
    assert hours.on(date(2026, 3, 14)) == ((36_000, 50_400),)
    assert hours.on(date(2026, 3, 21)) == ()


def test_task_on_another_calendar_works_at_a_site_with_its_hours() -> None:
    week = "<WeekDays>" + "".join(week_day(day, ("18:00", "00:00")) for day in range(1, 8)) + "</WeekDays>"
    found = mapped(
        file(
            task(1, DAY, "<CalendarUID>3</CalendarUID>"), task(2), calendars=calendar(3, week, name="Nights")
        )
    )
    assert (activity(found, "t1").site, activity(found, "t2").site) == ("Nights", "")
    assert ends(found, "t1") == there("2026-03-03T20:00:00")


def test_calendar_that_never_opens_gives_way_to_the_usual_one_and_is_said() -> None:
    shut = "<WeekDays>" + "".join(week_day(day) for day in range(1, 8)) + "</WeekDays>"
    found = mapped(file(task(1, DAY, "<CalendarUID>3</CalendarUID>"), calendars=calendar(3, shut)))
    assert activity(found, "t1").site == ""
    assert any("no day of its week is open" in one for one in found.remarks)


def test_empty_rows_hold_nothing_and_a_lasting_milestone_is_work() -> None:
    flag = "<Milestone>1</Milestone>"
    found = mapped(
        file(
            task(1, "<IsNull>1</IsNull>"), task(2, DAY, flag), task(3, "<Duration>PT0H0M0S</Duration>", flag)
        )
    )
    assert {one.id: one.kind for one in found.plan.activities} == {"t2": "work", "t3": "milestone"}
    assert found.remarks == ("task UID 2: a milestone that lasts: taken as work",)


def test_file_without_a_start_begins_with_its_first_task_or_is_refused() -> None:
    begun = task(1, DAY, "<Start>2026-03-04T08:00:00</Start>")
    without = file(begun).replace("<StartDate>2026-03-02T08:00:00</StartDate>", "")
    assert mapped(without).plan.starts_us == there("2026-03-04T08:00:00")
    with pytest.raises(MspdiRefused, match="StartDate: is missing"):
        mapped(file(task(1)).replace("<StartDate>2026-03-02T08:00:00</StartDate>", ""))


@given(st.text(alphabet="<>/TaskUIDrojec 0123456789&;!-[]\"'=?xmlns:\x00", max_size=200))
def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    with pytest.raises(MspdiRefused):
        read_mspdi(text, name="theirs.xml")


def test_text_and_its_bytes_in_any_encoding_are_read_alike() -> None:
    text = file(task(1, DAY, name="Übergabe"))
    body = '<?xml version="1.0" encoding="utf-16"?>' + text
    assert read_mspdi(body.encode("utf-16"), name="theirs.xml") == read_mspdi(text, name="theirs.xml")
    assert read_mspdi(files.file(task(1)), name="a").starts == datetime(2026, 3, 2, 8)
