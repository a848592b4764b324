"""The plan as a file: complete for whoever sees it, silent about what is internal to the other side, safe to open."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from icalendar import Calendar
from python_calamine import CalamineWorkbook
from tests.architecture.marks import texts_of
from tests.factories.cast import make_cast
from tests.transition.programme import AT, Programme, programme_of
from tools.house.tree import ROOT

from handfast.foundation.scope import entered
from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.mspdi_planning import plan_of
from handfast.kernel.scheduling.mspdi_reading import read_mspdi
from handfast.kernel.scheduling.reading import read_plan
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.scheduling.writing import plan_text
from handfast.transition.actions import agree_baseline, declare_freeze, propose_baseline
from handfast.transition.models import Activity, Dates, Link
from handfast.transition.queries.effects import Effect
from handfast.transition.queries.exports.files import FORMS
from handfast.transition.queries.exports.rows import HEADS

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from handfast.kernel.scheduling.plan import Plan

ASKED_BY_AN_EXPORT = 14
ONLY_LUMENS = "Announce the severance"
FORMULA = '=HYPERLINK("http://evil.example","Tone")'

pytestmark = pytest.mark.django_db


def taken(client: Client, programme: Programme, form: str, *, by_provider: bool = False) -> bytes:
    client.force_login(programme.cast.delivery if by_provider else programme.cast.owner)
    answer = client.get(reverse("transition:plan_export", args=[programme.cast.engagement.pk, form]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    return answer.content


def sheet(content: bytes, name: str) -> list[dict[str, Any]]:
    heads, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


@pytest.fixture
def secretive(programme: Programme) -> Programme:
    """A shared activity waits for what is only the client's, and one more of the client's waits for a shared one."""
    with entered(programme.client.reach):
        own = programme.internal(programme.client, "severance", ONLY_LUMENS, lead="client", likely="9d")
        programme.link(programme.client, own, programme.activity("prepare.goal"))
    programme.date()
    return programme


def baselined(programme: Programme) -> None:
    with entered(programme.provider.reach):
        propose_baseline(programme.provider, programme.plan(), at=AT)
    with entered(programme.client.reach):
        agree_baseline(programme.client, programme.plan(), typed="1", at=AT)


def count(programme: Programme, model: type[Activity | Link]) -> int:
    with entered(programme.client.reach):
        return model.objects.filter(plan_id=programme.plan_id).count()


def told(programme: Programme, *, by_provider: bool = False) -> dict[str, tuple[int, int]]:
    """The kept dates by key, read straight from the tables."""
    actor = programme.provider if by_provider else programme.client
    with entered(actor.reach):
        keys = {one.pk: one.key for one in Activity.objects.filter(plan_id=programme.plan_id)}
        rows = [one for one in Dates.objects.all() if one.activity_id in keys]
        return {keys[one.activity_id]: (instant_of(one.starts_at), instant_of(one.ends_at)) for one in rows}


def dated(plan: Plan) -> dict[str, tuple[int, int]]:
    return {one.id: (one.starts_us, one.ends_us) for one in schedule(plan).dated}


@pytest.mark.parametrize("by_provider", [False, True])
def test_json_is_the_plan_format_and_gives_the_dates_that_its_reader_is_told(
    client: Client, secretive: Programme, *, by_provider: bool
) -> None:
    content = taken(client, secretive, "json", by_provider=by_provider).decode()
    assert dated(read_plan(content, name="export.json")) == told(secretive, by_provider=by_provider)


def test_json_read_and_written_again_is_the_same_text(client: Client, secretive: Programme) -> None:
    content = json.loads(taken(client, secretive, "json"))
    assert plan_text(read_plan(json.dumps(content), name="export.json")) == content


def test_project_file_keeps_tasks_links_lags_dates_and_baselines(
    client: Client, programme: Programme
) -> None:
    baselined(programme)
    with entered(programme.client.reach):
        Link.objects.filter(after_id=programme.activity("write.tone").pk).update(kind="SS", lag="-1d")
    programme.date()
    ours = read_plan(taken(client, programme, "json").decode(), name="export.json")
    found = read_mspdi(taken(client, programme, "xml"), name="export.xml")
    theirs = plan_of(found, zone="UTC").plan
    assert dated(theirs) == dated(ours) == told(programme)
    assert {one.id: {(to.other, to.kind) for to in one.after} for one in theirs.activities} == {
        one.id: {(to.other, to.kind) for to in one.after} for one in ours.activities
    }
    assert {one.id: one.baseline for one in theirs.activities} == {
        one.id: one.baseline for one in ours.activities
    }
    assert any(one.baseline for one in theirs.activities)
    assert [party.name for party in theirs.parties] == [party.name for party in ours.parties]


def test_csv_has_a_row_for_each_activity_and_says_why(client: Client, programme: Programme) -> None:
    baselined(programme)
    text = taken(client, programme, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == count(programme, Activity)
    goal = next(row for row in rows if row["Key"] == "prepare.goal")
    with entered(programme.client.reach):
        kept = programme.dates("prepare.goal")
    assert (goal["Seen by"], goal["Why"], goal["Starts"]) == (
        "both sides",
        kept.why,
        f"{kept.starts_at:%Y-%m-%d}",
    )
    assert (goal["Baseline end"], goal["Later in days"]) == (goal["Ends"], "0")


def test_workbook_has_links_freezes_closed_days_and_who_sees_it(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        declare_freeze(
            programme.client, programme.plan(), name="Quarter close", first_on=AT.date(), end_on=AT.date().replace(day=20),
            percent=50, leads=["client"], step_keys=[], effect=Effect(programme.plan().version, ()), at=AT,
        )  # fmt: skip
    content = taken(client, programme, "xlsx")
    links = sheet(content, "Links")
    assert len(links) == count(programme, Link)
    assert [row["Strength left in percent"] for row in sheet(content, "Freezes")] == [50]
    closed = sheet(content, "Closed days")
    assert ("Lumen", "Victoria Day") in {(row["Closed at"], row["Why"]) for row in closed}
    about = {row["About"]: row["This file"] for row in sheet(content, "About")}
    assert about["Seen by"] == "Lumen"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_form_tells_one_side_what_is_internal_to_the_other(
    form: str, client: Client, secretive: Programme
) -> None:
    mine, theirs = (
        " ".join(texts_of(taken(client, secretive, form, by_provider=by_provider)))
        for by_provider in (False, True)
    )
    assert "severance" in mine.replace("\r\n ", "")
    assert "severance" not in theirs.replace("\r\n ", "")


@pytest.mark.parametrize("size", ["light", "standard"])
@pytest.mark.parametrize("form", sorted(FORMS))
def test_export_asks_as_often_for_a_short_plan_as_for_a_long_one(
    form: str, size: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_of(size)
    client.force_login(programme.cast.owner)
    here = reverse("transition:plan_export", args=[programme.cast.engagement.pk, form])
    client.get(here)
    more = form == "pdf"  # the waves, which stand in its heads
    with django_assert_num_queries(ASKED_BY_AN_EXPORT + more):
        assert client.get(here).status_code == 200


def test_name_that_looks_like_a_formula_stays_text(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", name=FORMULA)
    rows = list(csv.DictReader(io.StringIO(taken(client, programme, "csv").decode("utf-8-sig"))))
    assert f"'{FORMULA}" in {row["Activity"] for row in rows}
    content = taken(client, programme, "xlsx")
    assert FORMULA in {row["Activity"] for row in sheet(content, "Activities")}
    assert not any("<f>" in text or "<hyperlink" in text for text in texts_of(content))


def test_calendar_has_whole_days_and_tells_milestones_apart(client: Client, programme: Programme) -> None:
    entries = Calendar.from_ical(taken(client, programme, "ics")).walk("VEVENT")
    assert len(entries) == count(programme, Activity)
    assert len({str(entry["UID"]) for entry in entries}) == len(entries)
    with entered(programme.client.reach):
        kept = programme.dates("prepare.goal")
    goal = next(one for one in entries if str(kept.activity_id) in one["UID"])
    assert goal.decoded("DTSTART") == kept.starts_at.date()
    assert goal["TRANSP"] == "TRANSPARENT"


def test_unknown_form_is_not_found(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    where = programme.cast.engagement.pk
    assert client.get(reverse("transition:plan_export", args=[where, "docx"])).status_code == 404


def test_deal_without_a_plan_has_nothing_to_export(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.owner)
    assert client.get(reverse("transition:plan_export", args=[cast.engagement.pk, "csv"])).status_code == 404


def test_program_takes_the_same_file(client: Client, secretive: Programme) -> None:
    page = taken(client, secretive, "json")
    here = f"/api/transition/engagements/{secretive.cast.engagement.pk}/plan/exports/json"
    answer = client.get(here)
    assert (answer.status_code, answer.content) == (200, page)


def test_every_column_is_explained_in_the_reference() -> None:
    text = (ROOT / "docs" / "reference" / "exports.md").read_text("utf-8")
    told = {
        name.strip()
        for line in text.splitlines()
        for name in line.split("|")[1:2]
        for name in name.split(",")
    }
    assert set(HEADS) <= told
