"""A register that is taken out as a file and taken in again is the same: every text, tag, day, state and own field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.cast import AT, a_deal
from tests.governance.kept import moved, written

from handfast.engagement.actions.engagements import open_engagement
from handfast.engagement.models import Engagement
from handfast.foundation.scope import Reach, entered
from handfast.foundation.web.exports import exported
from handfast.governance.models import RegisterEntry
from handfast.governance.reading.columns import suggested
from handfast.governance.reading.rows import ReadAs, RowReader
from handfast.governance.reading.said import EntrySaid, checked_entry
from handfast.governance.reading.tables import read_carried, read_table
from handfast.governance.registers import REGISTERS
from handfast.governance.web.rows import Person, Seeing, export_heads, export_rows

if TYPE_CHECKING:
    from tests.factories.cast import Cast

SPACE, OWNER = uuid4(), uuid4()
WHEN = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
PRIYA = Person(OWNER, "Priya Raman", "PR", "client", "Lumen")
SEEN = Seeing(WHEN.date(), {OWNER: PRIYA}, {}, "client", "Lumen")
DEAL = Engagement(pk=uuid4(), space_id=SPACE)
# All that a sheet takes for something else: formulas, guards, quotes, what parts cells and lines, escapes of workbooks.
WORDS = st.text(st.sampled_from("=+-@'\"\uff1d ,;\tab0.é漢😀_x\n"), min_size=1, max_size=12)
LINES = WORDS.map(lambda one: " ".join(one.split())).filter(bool)
TEXTS = WORDS.map(str.strip)
NUMBERS = st.one_of(
    st.integers(0, 10**12 - 1).map(str),
    st.tuples(st.integers(0, 10**9), st.integers(1, 999)).map(lambda n: f"{n[0]}.{n[1]:03}".rstrip("0")),
)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
TAGS = LINES.map(lambda one: one.replace(",", "").strip()).filter(bool)


@st.composite
def kept_entries(draw: st.DrawFn, register: str) -> RegisterEntry:
    kept, own = REGISTERS[register], {}
    for one in kept.own:
        match one.kind:
            case "choice":
                own[one.key] = draw(st.sampled_from([key for key, _ in one.choices]))
            case "day":
                own[one.key] = draw(DAYS).isoformat()
            case "number":
                own[one.key] = draw(NUMBERS)
            case _:
                own[one.key] = draw(LINES if one.kind == "line" else TEXTS) or "so"
    for small, large in kept.within:
        own[small] = own[large]
    tags = tuple(draw(st.lists(TAGS, max_size=3)))
    owner = draw(st.sampled_from([None, OWNER]))
    told = checked_entry(kept, EntrySaid(draw(LINES), draw(TEXTS), owner, draw(st.none() | DAYS), tags, own))
    return RegisterEntry(
        engagement=DEAL, space_id=SPACE, register=register, number=draw(st.integers(1, 999)), title=told.title,
        text=told.text, owner_id=told.owner_id, due_on=told.due_on, tags=", ".join(told.tags), own=dict(told.own),
        state=draw(st.sampled_from(kept.states)).key, created_at=WHEN, changed_at=WHEN,
    )  # fmt: skip


def file_of(form: str, register: str, entries: list[RegisterEntry]) -> bytes:
    kept = REGISTERS[register]
    rows = export_rows(entries, kept, SEEN)
    with entered(Reach(frozenset())):
        answer: Any = exported(RequestFactory().get("/"), form, kept.key, export_heads(kept), rows)
        content = b"".join(answer.streaming_content)
    if form == "xlsx":
        answer.file_to_stream.close()  # the whole answer can only be closed where there is a database
    return content


def told_of(one: RegisterEntry) -> tuple[object, ...]:
    return one.number, one.title, one.text, one.owner_id, one.due_on, one.tag_list, one.own, one.state


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("register", REGISTERS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_export_reads_back_as_what_was_kept(form: str, register: str, data: st.DataObject) -> None:
    entries = data.draw(st.lists(kept_entries(register), min_size=1, max_size=3))
    kept, table = REGISTERS[register], read_table(file_of(form, register, entries), f"{register}.{form}")
    table = read_carried(table.as_text())
    people: dict[str, set[UUID]] = {"priya raman": {OWNER}}
    reader = RowReader(kept, ReadAs(suggested(kept, table.heads)), people, is_internal=False)
    rows = [reader.row(number, cells) for number, cells in table.rows]
    assert [one.faults for one in rows] == [()] * len(entries)
    back = [
        (one.given, one.said.title, one.said.text, one.said.owner_id, one.said.due_on, list(one.said.tags), one.said.own, one.state)
        for one in rows
    ]  # fmt: skip
    assert back == [told_of(one) for one in entries]


def taken_in(client: Client, deal: Engagement, content: bytes) -> Any:
    """The file through all pages, as whoever confirms at once."""
    address = reverse("governance:take_in", args=[deal.pk, "issues"])
    page = client.post(address, {"file": SimpleUploadedFile("issues", content), "step": "read"})
    told = {one.name: one.field for one in page.context["columns"]}
    told |= {
        "table": page.context["text"],
        "days": "iso",
        "audience": "shared",
        "owners": "leave",
        "step": "save",
    }
    return client.post(address, told)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_register_taken_into_an_empty_engagement_is_the_same_and_taken_in_again_changes_nothing(
    cast: Cast, form: str
) -> None:
    for title in ("=1+1", "'=1+1", "-3 %", "@all", "+", "Twice", "Twice", "  _x0041_ "):
        made = written(
            cast, cast.owner, title=title, text='a\nb, c;\t"d"', tags=("vpn", "=x"), due_on=date(2026, 5, 4),
            owner_id=cast.owner.pk, own={"severity": "high", "resolution": "'@so"},
        )  # fmt: skip
    moved(cast, cast.owner, made, "resolved")
    actor = cast.actor(cast.owner)
    other = open_engagement(actor, cast.lumen, deal=a_deal(name="Empty", other_name="Nobody"), at=AT)
    client = Client()
    client.force_login(cast.owner)
    export: Any = client.get(reverse("governance:entries_export", args=[cast.engagement.pk, "issues", form]))
    content = b"".join(export.streaming_content)
    assert taken_in(client, other, content).status_code == 302
    with entered(cast.actor(cast.owner).reach):
        there = RegisterEntry.objects.filter(engagement_id=other.pk).order_by("number")
        here = RegisterEntry.objects.filter(engagement_id=cast.engagement.pk).order_by("number")
        assert [told_of(one) for one in there] == [told_of(one) for one in here]
        before = list(there.values())
    again = taken_in(client, other, content)
    assert again.status_code == 409
    assert "none of the rows is new" in again.content.decode()
    with entered(cast.actor(cast.owner).reach):
        assert (
            list(RegisterEntry.objects.filter(engagement_id=other.pk).order_by("number").values()) == before
        )
