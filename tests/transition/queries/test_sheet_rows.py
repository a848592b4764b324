"""Rows of a spreadsheet held against the plan: what is new, what differs, what is wrong and where."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.transition.programme import Programme, programme_of
from tests.transition.sheet import TWO, edited, exported, faults, read, read_of, rows_of_all, save

from handfast.foundation.scope import entered
from handfast.transition.models import Activity, Link
from handfast.transition.queries.sheets import refused_file
from handfast.transition.reading.tables import as_text, read_pasted, read_table
from handfast.transition.refusals import (
    ActivityRefused,
    PlanFileRefused,
    SheetRefused,
)

pytestmark = pytest.mark.django_db


def test_pasted_rows_without_heads_are_read_told_with_their_days_and_saved(programme: Programme) -> None:
    found = read(programme, TWO)
    assert found.said == "2 new"
    assert [(one.number, one.name) for one in found.lines] == [(1, "Check the line"), (2, "Check it again")]
    first, again = found.lines
    assert first.starts_on is not None
    assert again.starts_on is not None
    assert date(2026, 5, 4) <= first.starts_on <= again.starts_on
    save(programme, found)
    with entered(programme.client.reach):
        one = Activity.objects.get(plan_id=programme.plan_id, name="Check the line")
        other = Activity.objects.get(plan_id=programme.plan_id, name="Check it again")
        assert (one.likely, one.not_before_on, one.lead, one.space_id) == (
            "2.5d",
            date(2026, 5, 4),
            "client",
            one.plan.space_id,
        )
        assert (other.likely, other.deadline_on) == ("16h", date(2026, 9, 1))
        assert other.needs == [{"role": "trainer", "side": "client", "number": 2}]
        assert Link.objects.filter(before_id=one.pk, after_id=other.pk, kind="FS").exists()


@pytest.mark.parametrize(
    ("row", "head", "said"),
    [
        ("\tTrain\tclient\t2d", "Activity", "write 1 to 300 characters"),
        ("X\tNowhere\tclient\t2d", "Step", "there is no such step"),
        ("X\tTrain\tboss\t2d", "Lead", "write one of client, provider, joint, either"),
        ("X\tTrain\tprovider\t2d", "Lead", "is not added by one side alone"),
        ("X\tTrain\tclient\tlong", "Likely", "write a duration as"),
        ("X\tTrain\tclient\t", "Likely", "an activity lasts some time"),
        ("X\tTrain\tclient\t2d\tnothing", "Waits for", "there is no 'nothing'"),
        ("X\tTrain\tclient\t2d\tX", "Waits for", "does not wait for itself"),
        ("X\tTrain\tclient\t2d\t\t04/05/2026", "Not before", "is no day that can be read"),
        ("X\tTrain\tclient\t2d\t\t\t1999-01-01", "Deadline", "write a day from 2000"),
        ("X\tTrain\tclient\t2d\t\t\t\t0 trainer", "Needs", "write 1 to 10000 people"),
        ("X\u202e\tTrain\tclient\t2d", "Activity", "on one line"),
    ],
)  # fmt: skip
def test_row_that_is_wrong_is_told_with_its_column(
    programme: Programme, row: str, head: str, said: str
) -> None:
    found = read(programme, f"Good\tTrain\tclient\t1d\n{row}\n")
    ((number, told),) = faults(found).items()
    assert number == 2
    assert any(each == head and said in text for each, text in told)
    assert found.said == "1 new, 1 refused"


def test_row_that_waits_for_a_refused_one_is_refused_too(programme: Programme) -> None:
    found = read(programme, "A\tTrain\tclient\tlong\nB\tTrain\tclient\t1d\tA\nC\tTrain\tclient\t1d\tB\n")
    assert found.said == "3 refused"
    assert ("Waits for", "it waits for row 2, which is refused") in faults(found)[3]


def test_rows_that_wait_for_each_other_in_a_ring_are_refused_whole(programme: Programme) -> None:
    before = rows_of_all(programme)
    with pytest.raises(ActivityRefused, match="“A”"):
        read(programme, "A\tTrain\tclient\t1d\tB\nB\tTrain\tclient\t1d\tA\n")
    assert rows_of_all(programme) == before


def test_formula_stays_text_and_is_the_same_when_it_comes_back(programme: Programme) -> None:
    name = '=HYPERLINK("http://evil.example","x")'
    save(programme, read(programme, f"Activity\tLikely\n'{name}\t1d\n"))
    with entered(programme.client.reach):
        assert Activity.objects.filter(name=name).exists()
    for form in ("csv", "xlsx"):
        found = read_of(programme, read_table(exported(programme, form), "back"))
        assert {one.outcome for one in found.lines} == {"same"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("size", ["light", "standard"])
def test_export_that_comes_back_unedited_changes_nothing(form: str, size: str) -> None:
    programme = programme_of(size)
    with entered(programme.client.reach):
        own = programme.internal(
            programme.client, "severance", "Announce the severance", lead="client", likely="9d"
        )
        programme.link(
            programme.client, own, programme.activity("prepare.goal" if size == "light" else "pmo.names")
        ) if size == "light" else None
        Activity.objects.filter(pk=own.pk).update(
            name="'=1+1", not_before_on=date(2026, 6, 1), fixed_on=None, deadline_on=date(2026, 9, 9), low="0.5d",
            needs=[{"role": "coach", "side": "client", "number": 3}],
        )  # fmt: skip
    programme.date()
    found = read_of(programme, read_table(exported(programme, form), f"back.{form}"))
    assert {(one.name, one.outcome, one.faults) for one in found.lines if one.outcome != "same"} == set()
    assert len(found.lines) == len(rows_of_all(programme))
    again = read_of(programme, read_pasted(as_text(read_table(exported(programme, form), "back"))))
    assert [(one.number, one.outcome) for one in again.lines] == [
        (one.number, one.outcome) for one in found.lines
    ]


def test_row_changed_by_others_since_is_a_conflict_with_both_versions(programme: Programme) -> None:
    content = exported(programme)
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", name="Theirs")
    found = read_of(programme, edited(content, write_tone={"Activity": "Ours"}))
    (stale,) = found.of("refused")
    assert stale.is_stale
    assert [(one.before, one.after) for one in stale.differences] == [("Theirs", "Ours")]
    assert not found.has_something
    mended = read_of(programme, read_table(refused_file(found), "refused.csv"))
    assert mended.said == "1 changed"


def test_refused_rows_come_as_a_file_with_the_reason(programme: Programme) -> None:
    found = read_of(programme, edited(exported(programme), write_tone={"Deadline": "soon"}))
    ((row),) = csv.DictReader(io.StringIO(refused_file(found).decode("utf-8-sig")))
    assert (row["Key"], row["Deadline"]) == ("write.tone", "soon")
    assert row["Why it is refused"].startswith("Deadline: 'soon' is no day")


@pytest.mark.parametrize(
    ("edit", "head", "said"),
    [
        ({"Key": "no.such"}, "Key", "is no activity of this plan that you see"),
        ({"Key": "setup.desk"}, "Key", "stands in row"),
        ({"Mark": "1-000000000000"}, "Mark", "of another plan"),
        ({"Kind": "gate"}, "Kind", "what it is stays"),
        ({"Seen by": "only Lumen"}, "Seen by", "stays for ever"),
        ({"Waits for": ""}, "Waits for", "changed on its page"),
        ({"Activity": ""}, "Activity", "write 1 to 300"),
        ({"Likely": ""}, "Likely", "lasts some time"),
        ({"Wave": "one"}, "Wave", "is no wave"),
        ({"Wave": "7"}, "Wave", "no such wave"),
        ({"Site": "Atlantis"}, "Site", "no side has this site"),
    ],
)  # fmt: skip
def test_edited_row_that_is_wrong_is_told_with_its_column(
    programme: Programme, edit: dict[str, str], head: str, said: str
) -> None:
    with entered(programme.provider.reach):
        found = read_of(programme, edited(exported(programme), write_tone=edit))
    told = [one for faults_ in faults(found).values() for one in faults_]
    assert any(each == head and said in text for each, text in told), told
    assert not found.has_something


def test_columns_in_another_order_and_fewer_of_them_are_read(programme: Programme) -> None:
    found = read(programme, "Deadline\tKey\n2026-12-01\twrite.tone\n")
    assert found.said == "1 changed"


def test_what_is_only_ours_is_changed_on_its_page(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.internal(programme.client, "severance", "Announce it", lead="client", likely="9d")
    programme.date()
    found = read_of(programme, edited(exported(programme), severance={"Activity": "Later"}))
    (line,) = found.of("refused")
    assert line.why == "it is only yours: change it by itself"


def test_changes_and_rows_of_ones_own_are_kept_apart(programme: Programme) -> None:
    table = read_pasted(
        "Key\tActivity\tLikely\nwrite.tone\tTone\t\n\tMine\t1d\n".replace("\tTone\t\n", "\tTone\t2d\n")
    )
    found = read_of(programme, table, is_internal=True)
    assert [one.outcome for one in found.lines] == ["refused", "new"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Activity\tLikely\n", "heads and no rows"),
        ("Deadline\tLikely\n2026-01-01\t2d\n", "no column is called Activity or Key"),
        ("\t".join("abcdefghij"), "no row of heads"),
    ],
)
def test_table_that_says_nothing_is_refused_with_what_to_do(
    programme: Programme, text: str, said: str
) -> None:
    with pytest.raises((SheetRefused, PlanFileRefused), match=said):
        read(programme, text)


def test_more_rows_than_are_saved_at_once_are_refused(programme: Programme) -> None:
    with pytest.raises(SheetRefused, match="at most 500"):
        read(programme, "".join(f"A{number}\tTrain\tclient\t1d\n" for number in range(501)))


LENGTHS = st.sampled_from(["0.5d", "1d", "2d", "2.5d", "16h", "40h"])
NAMES = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40).filter(
    str.strip
)
DAYS = st.none() | st.dates(date(2026, 5, 4), date(2027, 12, 31))


FIELDS = {
    "name": st.one_of(NAMES, st.sampled_from(["=1+1", "'=1+1", "-5", "+a", "@b", "\uff1dx", "a;b,c", '"quoted"', "1.0"])),
    "likely": LENGTHS, "not_before_on": DAYS, "deadline_on": DAYS, "lead": st.sampled_from(["client", "either"]),
    "needs": st.lists(
        st.fixed_dictionaries(
            {"role": st.sampled_from(["trainer", "team leader"]), "side": st.just("client"), "number": st.integers(1, 9)}
        ),
        max_size=2,
    ),
}  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.fixed_dictionaries(FIELDS), form=st.sampled_from(["csv", "xlsx"]))
def test_whatever_an_activity_is_its_export_brought_back_changes_nothing(
    programme: Programme, values: dict[str, Any], form: str
) -> None:
    with entered(programme.client.reach):
        Activity.objects.filter(plan_id=programme.plan_id, key="write.tone").update(
            **values | {"name": values["name"].strip(), "low": values["likely"], "high": values["likely"]}
        )
    found = read_of(programme, read_table(exported(programme, form), f"back.{form}"))
    assert {(one.name, one.outcome, one.faults) for one in found.lines if one.outcome != "same"} == set()
