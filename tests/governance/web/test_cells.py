"""A cell of the list is edited in its place: saved, taken back, refused, or told that somebody was first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.governance.kept import DUE, amended, moved, written
from tests.governance.web.test_registers import here, said, signed_in

from handfast.foundation.scope import entered
from handfast.governance.models import RegisterEntry

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from tests.factories.cast import Cast

    from handfast.people.models import Person

HX = {"HX-Request": "true"}


@pytest.fixture
def issue(cast: Cast) -> RegisterEntry:
    return written(
        cast,
        cast.owner,
        owner_id=cast.owner.pk,
        due_on=DUE,
        own={"severity": "high"},
        tags=("vpn",),
        text="Told",
    )


def cell(cast: Cast, entry: RegisterEntry, column: str) -> str:
    return here(cast, "cell", entry.pk, column)


def sent_cell(  # noqa: PLR0913, PLR0917 - what a browser sends
    client: Client, cast: Cast, entry: RegisterEntry, column: str, value: str, as_seen: str = "1", **more: Any
) -> HttpResponse:
    given = {f"cell-{entry.pk}-value": value, "as_seen": as_seen}
    answer: Any = client.post(cell(cast, entry, column), given | more, headers=HX)
    return answer


def now(cast: Cast, entry: RegisterEntry, by: Person | None = None) -> RegisterEntry:
    with entered(cast.actor(by or cast.owner).reach):
        found: RegisterEntry = RegisterEntry.objects.get(pk=entry.pk)
    return found


def test_every_cell_is_saved_by_the_verb_of_its_field_and_taken_back(
    cast: Cast, issue: RegisterEntry
) -> None:
    jovana = signed_in(cast.delivery)
    wanted = {"state": "in-work", "own_severity": "", "owner": str(cast.delivery.pk), "due": "2026-05-04"}
    before = {"state": "open", "own_severity": "high", "owner": str(cast.owner.pk), "due": "2026-04-24"}
    for number, (column, value) in enumerate(wanted.items()):
        opened = jovana.get(cell(cast, issue, column), headers=HX)
        assert f'name="cell-{issue.pk}-value"' in said(opened)
        assert "<html" not in said(opened)
        answer = sent_cell(jovana, cast, issue, column, value, str(2 * number + 1))
        assert answer.status_code == 200
        assert f'id="entry-{issue.pk}"' in said(answer)
        saved = answer.context["saved"]
        assert (saved.before, saved.name) == (before[column], "I-1")
        assert "I-1: saved" in said(answer)
        back = sent_cell(jovana, cast, issue, column, saved.before, str(2 * number + 2), undo="1")
        assert "I-1: taken back" in said(back)
        assert "Undo" not in said(back)
    after = now(cast, issue)
    kept = (after.state, after.own, after.owner_id, after.due_on, after.text, after.tags, after.version)
    assert kept == ("open", {"severity": "high"}, cast.owner.pk, DUE, "Told", "vpn", 9)


def test_day_and_owner_are_taken_away(cast: Cast, issue: RegisterEntry) -> None:
    owner = signed_in(cast.owner)
    assert "no day" in said(sent_cell(owner, cast, issue, "due", ""))
    assert "nobody yet" in said(sent_cell(owner, cast, issue, "owner", "", "2"))
    after = now(cast, issue)
    assert (after.due_on, after.owner_id) == (None, None)


def test_cell_that_stays_as_it_was_writes_nothing(cast: Cast, issue: RegisterEntry) -> None:
    for column, value in (("state", "open"), ("own_severity", "high"), ("due", "2026-04-24")):
        answer = sent_cell(signed_in(cast.owner), cast, issue, column, value)
        assert (answer.status_code, answer.context["saved"]) == (200, None)
    assert now(cast, issue).version == 1


def test_cell_that_was_left_is_the_row_as_it_stands(cast: Cast, issue: RegisterEntry) -> None:
    left = said(signed_in(cast.owner).get(f"{cell(cast, issue, 'due')}?columns=due&leave=1", headers=HX))
    assert "24 Apr 2026" in left
    assert "data-cell" not in left
    assert "Severity" not in left
    assert "High" not in left


def test_somebody_was_first_is_told_in_the_cell_with_both_values(cast: Cast, issue: RegisterEntry) -> None:
    amended(cast, cast.delivery, issue, own={"severity": "low"}, text="Told", tags=("vpn",))
    late = sent_cell(signed_in(cast.owner), cast, issue, "own_severity", "severe")
    assert late.status_code == 409
    assert "Jovana Petrović changed I-1 meanwhile: here stands “Low”." in said(late)
    assert '<option value="severe" selected>' in said(late)
    assert now(cast, issue).own == {"severity": "low"}
    again = sent_cell(signed_in(cast.owner), cast, issue, "own_severity", "severe", "2")
    assert again.status_code == 200
    assert now(cast, issue).own == {"severity": "severe"}
    told = [
        (column, said(sent_cell(signed_in(cast.owner), cast, issue, column, value)))
        for column, value in (("due", "2026-05-01"), ("owner", ""))
    ]
    assert all(
        f"here stands “{stands}”" in page
        for (_, page), stands in zip(told, ("2026-04-24", "Priya Raman, Lumen"), strict=True)
    )


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("state", "resolved", "cannot be “Resolved” without “Resolution”"),
        ("state", "closed", "closed is not one of the available choices"),
        ("due", "soon", "Enter a valid date"),
        ("owner", "somebody", "somebody is not one of the available choices"),
        ("own_severity", "dire", "dire is not one of the available choices"),
    ],
)
def test_what_is_refused_is_told_in_the_cell(
    cast: Cast, issue: RegisterEntry, column: str, value: str, fault: str
) -> None:
    answer = sent_cell(signed_in(cast.owner), cast, issue, column, value)
    assert answer.status_code in (409, 422)
    assert fault in said(answer)
    assert "data-cell" in said(answer)
    assert now(cast, issue).version == 1


def test_owner_of_what_is_internal_is_of_the_own_side(cast: Cast) -> None:
    own = written(cast, cast.owner, is_own=True)
    page = said(signed_in(cast.owner).get(cell(cast, own, "owner"), headers=HX))
    assert "Priya Raman, Lumen" in page
    assert "Jovana" not in page
    assert signed_in(cast.delivery).get(cell(cast, own, "owner"), headers=HX).status_code == 404


def test_state_that_nothing_leads_back_from_offers_no_undo(cast: Cast) -> None:
    entry = written(cast, cast.owner, own={"resolution": "Done so"})
    moved(cast, cast.owner, entry, "resolved")
    answer = sent_cell(signed_in(cast.owner), cast, entry, "state", "closed", "2")
    assert "I-1: saved" in said(answer)
    assert "Undo" not in said(answer)


def test_reader_and_who_does_not_see_it_edit_nothing(cast: Cast, issue: RegisterEntry) -> None:
    rada = signed_in(cast.reader)
    assert "data-edit" not in said(rada.get(here(cast)))
    for method in ("get", "post"):
        assert getattr(rada, method)(cell(cast, issue, "due"), headers=HX).status_code == 403
        assert getattr(signed_in(cast.rival), method)(cell(cast, issue, "due"), headers=HX).status_code == 404
        for column in ("title", "own_resolution", "own_nothing", "seen"):
            assert (
                getattr(signed_in(cast.owner), method)(cell(cast, issue, column), headers=HX).status_code
                == 404
            )


def test_without_script_the_page_of_the_entry_does_the_same(cast: Cast, issue: RegisterEntry) -> None:
    owner = signed_in(cast.owner)
    opened = owner.get(cell(cast, issue, "due"), follow=True)
    assert opened.redirect_chain[0][0].endswith("?amend=1#amend")
    assert '<details open class="hf-amend" id="amend">' in said(opened)
    given = {f"cell-{issue.pk}-value": "2026-05-04", "as_seen": "1"}
    assert "I-1 is kept." in said(owner.post(cell(cast, issue, "due"), given, follow=True))
    assert (
        owner.post(cell(cast, issue, "due"), given | {f"cell-{issue.pk}-value": "2026-06-01"}).status_code
        == 409
    )
    assert owner.post(cell(cast, issue, "due"), given | {f"cell-{issue.pk}-value": "soon"}).status_code == 422
