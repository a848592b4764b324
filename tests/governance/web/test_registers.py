"""Registers by pages and by the API: written, filtered, amended, moved, and taken out as a file."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.governance.kept import DUE, moved, written

from handfast.foundation.scope import entered
from handfast.governance.models import RegisterEntry
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from django.http import HttpResponse
    from tests.factories.cast import Cast

    from handfast.people.models import Person

LONG_AGO = date(2020, 1, 2)
FAR = date(2099, 1, 2)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def here(cast: Cast, name: str = "entries", *more: object) -> str:
    return reverse(f"governance:{name}", args=[cast.engagement.pk, *(more or ("issues",))])


def said(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def csv_of(client: Client, cast: Cast, query: str = "", register: str = "issues") -> list[str]:
    answer: Any = client.get(f"{here(cast, 'entries_export', register, 'csv')}{query}")
    return b"".join(answer).decode("utf-8-sig").splitlines()


def titles(response: HttpResponse) -> list[str]:
    return [row.entry.title for row in response.context["rows"]]


@pytest.mark.parametrize("register", [one.key for one in REGISTERS.values() if not one.side])
def test_empty_register_says_what_it_is_for_and_can_be_written_in(cast: Cast, register: str) -> None:
    jovana, rada = signed_in(cast.delivery), signed_in(cast.reader)
    empty = said(jovana.get(here(cast, "entries", register)))
    assert REGISTERS[register].purpose in empty
    assert f"No {REGISTERS[register].singular} yet" in empty
    given = {
        "title": "Polish base covers 61 %",
        "owner": str(cast.owner.pk),
        "due_on": "2099-04-27",
        "audience": "shared",
    }
    assert jovana.post(here(cast, "entries", register), given).status_code == 302
    page = said(rada.get(here(cast, "entries", register)))
    assert f"{REGISTERS[register].prefix}-1" in page
    assert "Polish base covers 61 %" in page
    assert "27 Apr 2099" in page
    assert "Write here" not in page


def test_entry_is_amended_and_moved_by_its_page(cast: Cast) -> None:
    made = written(cast, cast.owner, due_on=DUE)
    jovana = signed_in(cast.delivery)
    page = jovana.get(here(cast, "entry", made.pk))
    assert "From here it can become:" in said(page)
    form = page.context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {
        "title": "Headsets drop on VPN", "own_severity": "severe", "tags": "vpn, sites",
    }  # fmt: skip
    assert jovana.post(here(cast, "entry", made.pk), given).status_code == 302
    assert jovana.post(here(cast, "entry", made.pk), given).status_code == 409
    missing = jovana.post(here(cast, "move", made.pk), {"to": "resolved", "as_seen": "2"})
    assert missing.status_code == 422
    assert "I-1 cannot be “Resolved” without “Resolution”" in said(missing)
    assert jovana.post(here(cast, "move", made.pk), {"to": "in-work", "as_seen": "2"}).status_code == 302
    after = said(jovana.get(here(cast, "entry", made.pk)))
    assert "Headsets drop on VPN" in after
    assert "In work" in after
    assert "Severe" in after
    history = said(jovana.get(reverse("journeys:history", args=[cast.engagement.pk, made.pk])))
    assert "moved issue I-1 to “In work”" in history
    assert "wrote issue I-1" in history


def test_move_that_is_not_allowed_says_which_are(cast: Cast) -> None:
    made = written(cast, cast.owner)
    refused = signed_in(cast.owner).post(here(cast, "move", made.pk), {"to": "closed", "as_seen": "1"})
    assert refused.status_code == 422
    assert "from there it can become in-work or resolved or withdrawn" in said(refused)


def test_wrong_row_stays_to_be_mended(cast: Cast) -> None:
    wrong = signed_in(cast.owner).post(here(cast), {"title": "", "due_on": "soon", "audience": "own"})
    assert wrong.status_code == 422
    assert "Enter a valid date" in said(wrong)
    theirs = {"title": "Ours", "owner": str(cast.delivery.pk), "audience": "own"}
    refused = signed_in(cast.owner).post(here(cast), theirs)
    assert refused.status_code == 422
    assert "Choose a person of your own side" in said(refused)


def test_reader_sees_and_writes_nothing(cast: Cast) -> None:
    made = written(cast, cast.owner)
    rada = signed_in(cast.reader)
    assert rada.get(here(cast, "entry", made.pk)).status_code == 200
    assert rada.post(here(cast), {"title": "Mine", "audience": "shared"}).status_code == 403
    assert rada.post(here(cast, "entry", made.pk), {"title": "Mine"}).status_code == 403
    assert rada.post(here(cast, "move", made.pk), {"to": "in-work"}).status_code == 403


def test_register_and_entry_of_nothing_are_not_found(cast: Cast) -> None:
    made = written(cast, cast.owner)
    owner = signed_in(cast.owner)
    assert owner.get(here(cast, "entries", "wishes")).status_code == 404
    assert owner.get(here(cast, "entries_export", "issues", "pdf")).status_code == 404
    assert signed_in(cast.rival).get(here(cast, "entry", made.pk)).status_code == 404
    assert signed_in(cast.rival).get(here(cast)).status_code == 404


def test_what_one_side_keeps_for_itself_leaves_no_trace_with_the_other(cast: Cast) -> None:
    written(cast, cast.owner, title="First of both")
    before = {
        name: said(signed_in(cast.delivery).get(address))
        for name, address in (("list", here(cast)), ("search", f"{here(cast)}?text=secret"))
    }
    mine = written(
        cast, cast.owner, is_own=True, title="The secret headcount", text="secret", tags=("secret",), due_on=LONG_AGO,
        owner_id=cast.owner.pk,
    )  # fmt: skip
    jovana = signed_in(cast.delivery)
    after = {
        name: said(jovana.get(address))
        for name, address in (("list", here(cast)), ("search", f"{here(cast)}?text=secret"))
    }
    assert [without_tokens(one) for one in after.values()] == [without_tokens(one) for one in before.values()]
    assert len(csv_of(jovana, cast)) == 2
    assert sent(jovana, "GET", entries_of(cast)).json()["count"] == 1
    for method, place in (("get", "entry"), ("post", "entry"), ("post", "move")):
        answer = getattr(jovana, method)(here(cast, place, mine.pk))
        assert answer.status_code == 404
        assert "headcount" not in said(answer)
    assert sent(jovana, "GET", f"/entries/{mine.pk}").status_code == 404
    assert jovana.get(reverse("journeys:history", args=[cast.engagement.pk, mine.pk])).status_code == 404
    assert written(cast, cast.delivery).name == "I-2"
    page = said(signed_in(cast.owner).get(here(cast)))
    assert "I-own-1" in page
    assert "Only Lumen" in page


def without_tokens(page: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}|\d\d:\d\d", "", page)


def test_list_is_filtered_and_sorted_by_its_address_and_its_files_are_the_same(cast: Cast) -> None:
    late = written(
        cast,
        cast.owner,
        title="Late one",
        due_on=LONG_AGO,
        owner_id=cast.delivery.pk,
        own={"severity": "low"},
    )
    written(
        cast, cast.owner, title="Far one", minutes=1, due_on=FAR, owner_id=cast.owner.pk, tags=("billing",),
        own={"severity": "severe"},
    )  # fmt: skip
    written(cast, cast.delivery, title="Own 100% one", minutes=2, is_own=True)
    moved(cast, cast.owner, late, "in-work")
    jovana = signed_in(cast.delivery)
    wanted = {
        "": ["Own 100% one", "Far one", "Late one"],
        "?sort=oldest": ["Late one", "Far one", "Own 100% one"],
        "?sort=due": ["Late one", "Far one", "Own 100% one"],
        "?sort=title": ["Far one", "Late one", "Own 100% one"],
        "?overdue=1": ["Late one"],
        "?state=in-work": ["Late one"],
        "?state=any-done": [],
        "?state=any-open&sort=title": ["Far one", "Late one", "Own 100% one"],
        f"?owner={cast.owner.pk}": ["Far one"],
        "?owner=nobody": ["Own 100% one"],
        "?side=provider": ["Late one"],
        "?seen=own": ["Own 100% one"],
        "?seen=shared&sort=oldest": ["Late one", "Far one"],
        "?choice=severe": ["Far one"],
        "?choice=medium": [],
        "?sort=level": ["Far one", "Late one", "Own 100% one"],
        "?text=BILLING": ["Far one"],
        "?text=0%25": ["Own 100% one"],
        "?text=i-2": ["Far one"],
        "?text=I-own-1": ["Own 100% one"],
    }
    for query, expected in wanted.items():
        answer = jovana.get(f"{here(cast)}{query}")
        assert (query, titles(answer)) == (query, expected)
        assert [line.split(",")[1] for line in csv_of(jovana, cast, query)[1:]] == expected
        asked = sent(jovana, "GET", f"{entries_of(cast)}{query}").json()
        assert [one["title"] for one in asked["entries"]] == expected
    assert "3 issues; 1 overdue." in said(jovana.get(here(cast)))
    assert "1 of 3 issues; 1 overdue in all." in said(jovana.get(f"{here(cast)}?overdue=1"))


@pytest.mark.parametrize(
    "query", ["state=lost", "owner=me", "side=rival", "seen=all", "overdue=yes", "choice=dire", "sort=random"]
)
def test_filter_that_is_unknown_names_what_can_be_asked(cast: Cast, query: str) -> None:
    owner = signed_in(cast.owner)
    refused = sent(owner, "GET", f"{entries_of(cast)}?{query}")
    assert (refused.status_code, refused.json()["code"]) == (422, "filter-unknown")
    assert [one["name"] for one in refused.json()["fields"]] == [query.partition("=")[0]]
    assert owner.get(f"{here(cast)}?{query}").status_code == 422


@pytest.mark.parametrize("query", ["choice=high", "sort=level"])
def test_register_without_a_choice_is_not_asked_by_one(cast: Cast, query: str) -> None:
    refused = sent(signed_in(cast.owner), "GET", f"{entries_of(cast, 'actions')}?{query}")
    assert (refused.status_code, refused.json()["code"]) == (422, "filter-unknown")


def test_file_has_every_field_and_no_formula(cast: Cast) -> None:
    written(
        cast, cast.owner, register="decisions", title="=HYPERLINK(1)", text="@SUM(1)", due_on=DUE,
        own={"decided_on": "2026-04-15", "because": "+1"},
    )  # fmt: skip
    lines = csv_of(signed_in(cast.delivery), cast, register="decisions")
    assert lines[0].startswith(
        "Number,Title,State,Owner,Due,Tags,Text,What was decided,Because,Decided on,Written by"
    )
    assert lines[1].startswith(
        "D-1,'=HYPERLINK(1),To be decided,,2026-04-24,,'@SUM(1),,'+1,2026-04-15,Priya Raman,"
    )
    assert lines[1].endswith(",shared")
    content: Any = signed_in(cast.delivery).get(here(cast, "entries_export", "decisions", "xlsx"))
    row = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(content))).get_sheet_by_index(0).to_python()[1]
    assert row[:2] == ["D-1", "=HYPERLINK(1)"]


def test_markup_in_an_entry_stays_text(cast: Cast) -> None:
    evil = "<script>alert(1)</script>"
    made = written(cast, cast.owner, title=evil, text=evil, tags=(evil,), own={"resolution": evil})
    for address in (here(cast), f"{here(cast)}?text={evil}", here(cast, "entry", made.pk)):
        page = signed_in(cast.delivery).get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_list_asks_as_often_for_sixty_entries_as_for_one(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    written(cast, cast.owner, owner_id=cast.delivery.pk)
    owner.get(here(cast))
    asked = asked_by(owner, cast)
    for number in range(60):
        written(
            cast,
            cast.delivery,
            title=f"Another {number}",
            owner_id=(cast.owner, cast.delivery)[number % 2].pk,
        )
    assert asked_by(owner, cast) == asked
    page = owner.get(here(cast))
    assert len(titles(page)) == 50
    assert "1 to 50 of 61" in said(page)
    assert titles(owner.get(f"{here(cast)}?page=2"))[-1] == "Headsets drop"


def asked_by(client: Client, cast: Cast) -> tuple[int, ...]:
    counts = []
    for address in (
        here(cast),
        here(cast, "entries_export", "issues", "csv"),
        f"/api/governance{entries_of(cast)}",
    ):
        with CaptureQueriesContext(connection) as asked:
            answer: Any = client.get(address)
            b"".join(answer)
        counts.append(len(asked))
    return tuple(counts)


def test_own_entries_that_are_due_wait_for_their_owner(cast: Cast) -> None:
    made = written(cast, cast.owner, owner_id=cast.delivery.pk, due_on=LONG_AGO, title="Bring the keys")
    written(cast, cast.owner, owner_id=cast.delivery.pk, due_on=FAR, title="Not yet")
    home = reverse("journeys:home")
    jovana = signed_in(cast.delivery)
    assert "Bring the keys" in said(jovana.get(home))
    assert "Not yet" not in said(jovana.get(home))
    assert "Bring the keys" not in said(signed_in(cast.owner).get(home))
    moved(cast, cast.owner, made, "withdrawn")
    assert "Bring the keys" not in said(jovana.get(home))


def sent(client: Client, method: str, place: str, body: Any = None) -> Any:
    data = json.dumps(body) if body is not None else ""
    return client.generic(method, f"/api/governance{place}", data, content_type="application/json")


def entries_of(cast: Cast, register: str = "issues") -> str:
    return f"/engagements/{cast.engagement.pk}/registers/{register}/entries"


def test_everything_can_be_done_by_the_api(cast: Cast) -> None:
    priya, jovana = signed_in(cast.owner), signed_in(cast.delivery)
    known = sent(priya, "GET", f"/engagements/{cast.engagement.pk}/registers").json()
    assert [one["key"] for one in known] == list(REGISTERS)
    made = sent(
        jovana,
        "POST",
        entries_of(cast),
        {"title": "Headsets drop", "tags": ["vpn"], "own": {"severity": "low"}},
    )
    assert (made.status_code, made.json()["name"], made.json()["can_become"]) == (
        201, "I-1", ["in-work", "resolved", "withdrawn"],
    )  # fmt: skip
    one = f"/entries/{made.json()['id']}"
    told = {"title": "Headsets drop on VPN", "due_on": "2026-05-01", "as_seen": made.json()["seen_as"]}
    changed = sent(priya, "PUT", one, told).json()
    assert (changed["title"], changed["due_on"], changed["tags"], changed["own"]) == (
        "Headsets drop on VPN", "2026-05-01", [], {},
    )  # fmt: skip
    assert sent(priya, "PUT", one, told).json()["code"] == "conflict"
    assert sent(priya, "PUT", one, told | {"as_seen": "2"}).json()["code"] == "entry-unchanged"
    refused = sent(priya, "POST", f"{one}/state", {"to": "closed", "as_seen": "2"})
    assert (refused.status_code, refused.json()["code"]) == (409, "move-refused")
    assert sent(priya, "POST", f"{one}/state", {"to": "in-work", "as_seen": "2"}).json()["state"] == "in-work"
    assert sent(jovana, "GET", one).json()["seen_as"] == "3"
    part = sent(jovana, "GET", f"{entries_of(cast)}?limit=1&offset=1").json()
    assert (part["count"], part["entries"]) == (1, [])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x", "audience": "all"}, "audience"),
        ({"title": "x", "own": {"severity": "dire"}}, "own_severity"),
        ({"title": "x", "owner_id": "00000000-0000-4000-8000-000000000000"}, "owner_id"),
    ],
)
def test_api_names_the_field_that_cannot_be_kept(cast: Cast, given: dict[str, Any], field: str) -> None:
    refused = sent(signed_in(cast.owner), "POST", entries_of(cast), given)
    assert (refused.status_code, refused.json()["code"]) == (422, "entry-refused")
    assert [one["name"] for one in refused.json()["fields"]] == [field]
    with entered(cast.actor(cast.owner).reach):
        assert not RegisterEntry.objects.exists()


def test_api_writes_for_the_own_side_alone(cast: Cast) -> None:
    made = sent(signed_in(cast.owner), "POST", entries_of(cast), {"title": "Ours", "audience": "own"}).json()
    assert (made["name"], made["is_internal"]) == ("I-own-1", True)
    assert sent(signed_in(cast.delivery), "GET", entries_of(cast)).json() == {"count": 0, "entries": []}
    assert sent(signed_in(cast.reader), "POST", entries_of(cast), {"title": "Mine"}).status_code == 403
