"""The views of a register as tabs with their numbers: saved, shared, changed and removed by its page and by the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.cast import joined
from tests.governance.kept import moved, written
from tests.governance.views import amended_view, saved
from tests.governance.web.test_registers import LONG_AGO, here, said, sent, signed_in, titles, without_tokens

from handfast.foundation.scope import entered
from handfast.governance.models import SavedView
from handfast.governance.queries import counting
from handfast.governance.queries.asked import Asked
from handfast.governance.queries.views import ViewSaid
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from tests.factories.cast import Cast

HIGH = "state=any-open&choice=high"


def tabs(response: HttpResponse) -> list[tuple[str, int | None]]:
    return [(tab.name, tab.count) for tab in response.context["tabs"]]


def current(response: HttpResponse) -> str:
    return next((tab.name for tab in response.context["tabs"] if tab.is_current), "")


def views_of(cast: Cast, register: str = "issues") -> str:
    return f"/engagements/{cast.engagement.pk}/registers/{register}/views"


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    """Four issues: one late and the owner's, one high and the other side's, one of the own side alone, one done."""
    written(cast, cast.owner, title="Late", owner_id=cast.owner.pk, due_on=LONG_AGO)
    written(cast, cast.owner, title="High", owner_id=cast.delivery.pk, own={"severity": "high"}, minutes=1)
    written(cast, cast.owner, title="Own", is_own=True, minutes=2)
    moved(cast, cast.owner, written(cast, cast.owner, title="Gone", minutes=3), "withdrawn")
    return cast


def test_every_register_has_its_usual_views_with_their_numbers(crowd: Cast) -> None:
    owner = signed_in(crowd.owner)
    assert tabs(owner.get(here(crowd))) == [("All", 4), ("Open", 3), ("Overdue", 1), ("Mine", 1)]
    assert tabs(signed_in(crowd.delivery).get(here(crowd))) == [
        ("All", 3),
        ("Open", 2),
        ("Overdue", 1),
        ("Mine", 1),
    ]
    for query, name in (
        ("", "All"),
        ("?state=any-open", "Open"),
        ("?overdue=1&sort=due", "Overdue"),
        (f"?{HIGH}", ""),
    ):
        assert current(owner.get(f"{here(crowd)}{query}")) == name
    for tab in owner.get(here(crowd)).context["tabs"]:
        assert len(titles(owner.get(f"{here(crowd)}{tab.url}"))) == tab.count
    for register in REGISTERS:
        assert [name for name, _ in tabs(owner.get(here(crowd, "entries", register)))] == [
            "All",
            "Open",
            "Overdue",
            "Mine",
        ]


def test_what_is_shown_is_saved_updated_renamed_removed_and_brought_back(crowd: Cast) -> None:
    owner = signed_in(crowd.owner)
    assert "Save this view…" not in said(owner.get(f"{here(crowd)}?state=any-open"))
    assert "Save this view…" in said(owner.get(f"{here(crowd)}?{HIGH}"))
    made = owner.post(
        f"{here(crowd, 'view_new', 'issues')}?{HIGH}",
        {"name": "High ones", "shared_with": "alone"},
        follow=True,
    )
    assert tabs(made)[-1] == ("High ones", 1)
    assert (current(made), titles(made)) == ("High ones", ["High"])
    view = made.context["views"].origin.kept
    assert "This view…" in said(made)
    assert "Save this view…" not in said(made)
    other = f"?choice=high&view={view.pk}"
    changed = said(owner.get(here(crowd) + other))
    assert "Update “High ones”" in changed
    assert "Save as new…" in changed
    amend = here(crowd, "view_amend", view.pk)
    after = owner.post(amend + other, {"shown": "1", "as_seen": "1"}, follow=True)
    assert "“High ones” is kept." in said(after)
    assert after.context["views"].origin.asked == Asked(choice="high")
    stale = owner.post(amend, {"name": "Late to it", "shared_with": "side", "as_seen": "1"})
    assert stale.status_code == 409
    same = owner.post(amend, {"name": "High ones", "shared_with": "alone", "as_seen": "2"}, follow=True)
    assert "is so already" in said(same)
    named = owner.post(amend, {"name": "Highest", "shared_with": "side", "as_seen": "2"}, follow=True)
    assert current(named) == "Highest"
    gone = owner.post(here(crowd, "view_remove", view.pk), {"as_seen": "3"}, follow=True)
    assert "“Highest” is removed." in said(gone)
    assert [name for name, _ in tabs(gone)] == ["All", "Open", "Overdue", "Mine"]
    back = owner.post(here(crowd, "view_bring_back", view.pk), follow=True)
    assert current(back) == "Highest"
    assert "is removed" not in said(back)


def test_view_that_is_refused_stays_to_be_mended(crowd: Cast) -> None:
    owner, view = signed_in(crowd.owner), saved(crowd, crowd.owner)
    twice = owner.post(
        f"{here(crowd, 'view_new', 'issues')}?{HIGH}", {"name": "To do", "shared_with": "alone"}
    )
    assert twice.status_code == 422
    assert "Another view of yours is called so." in said(twice)
    assert titles(twice) == ["High"]
    empty = owner.post(f"{here(crowd, 'view_new', 'issues')}?{HIGH}", {"name": "", "shared_with": "rival"})
    assert empty.status_code == 422
    assert (
        owner.post(
            f"{here(crowd, 'view_new', 'issues')}?state=lost", {"name": "A", "shared_with": "alone"}
        ).status_code
        == 422
    )
    control = owner.post(
        f"{here(crowd, 'view_new', 'issues')}?text=a%01b", {"name": "A", "shared_with": "alone"}
    )
    assert control.status_code == 422
    saved(crowd, crowd.owner, "Other")
    amend = f"{here(crowd, 'view_amend', view.pk)}?state=any-open&sort=due&view={view.pk}"
    for name, fault in (("Other", "Another view of yours is called so."), ("", "This field is required.")):
        refused = owner.post(amend, {"name": name, "shared_with": "alone", "as_seen": "1"})
        assert refused.status_code == 422
        assert fault in said(refused)
    broken = owner.post(f"{here(crowd, 'view_amend', view.pk)}?text=a%01b", {"shown": "1", "as_seen": "1"})
    assert broken.status_code == 422


def test_shared_view_is_marked_with_who_shared_it_and_leaves_no_trace_with_the_other_side(
    crowd: Cast,
) -> None:
    jovana = signed_in(crowd.delivery)
    before = without_tokens(said(jovana.get(here(crowd))))
    saved(crowd, crowd.owner, "Secret plan", Asked(text="secret"), shared_with="side")
    assert without_tokens(said(jovana.get(here(crowd)))) == before
    assert sent(jovana, "GET", views_of(crowd)).json() == []
    page = signed_in(crowd.reader).get(here(crowd))
    assert "Secret plan" in said(page)
    assert ", shared by Priya Raman" in said(page)
    assert "This view…" not in said(
        signed_in(crowd.reader).get(f"{here(crowd)}{page.context['tabs'][-1].url}")
    )


def test_reader_and_the_other_side_change_no_view(crowd: Cast) -> None:
    view = saved(crowd, crowd.owner, shared_with="side")
    for by, status in ((crowd.reader, 403), (crowd.delivery, 404), (crowd.rival, 404)):
        for name in ("view_amend", "view_remove", "view_bring_back"):
            answer = signed_in(by).post(here(crowd, name, view.pk), {"name": "", "as_seen": "1"})
            assert (name, answer.status_code) == (name, status)
    assert signed_in(crowd.reader).post(here(crowd, "view_new", "issues"), {"name": ""}).status_code == 403


def test_view_that_asks_what_there_is_no_more_says_so_and_breaks_nothing(crowd: Cast) -> None:
    view = saved(crowd, crowd.owner, "Dire ones", Asked(choice="high"), shared_with="side")
    with entered(crowd.actor(crowd.owner).reach):
        SavedView.objects.filter(pk=view.pk).update(asked={"choice": "dire"})
    owner = signed_in(crowd.owner)
    page = owner.get(here(crowd))
    assert page.status_code == 200
    assert tabs(page)[-1] == ("Dire ones", None)
    opened = said(owner.get(f"{here(crowd)}?view={view.pk}"))
    assert "“Dire ones” cannot be shown any more" in opened
    assert "choose one of low, medium, high, severe" in opened
    assert "Whoever shared it can mend it" in said(
        signed_in(crowd.reader).get(f"{here(crowd)}?view={view.pk}")
    )
    amend = here(crowd, "view_amend", view.pk)
    assert owner.post(amend, {"name": "Other", "shared_with": "alone", "as_seen": "1"}).status_code == 422
    told = sent(owner, "GET", views_of(crowd)).json()
    assert (told[0]["asked"], "choice: choose one of" in told[0]["why"]) == (None, True)
    mended = owner.post(f"{amend}?choice=severe", {"shown": "1", "as_seen": "1"}, follow=True)
    assert tabs(mended)[-1] == ("Dire ones", 0)


def test_address_with_a_view_that_is_not_seen_shows_what_it_asks(crowd: Cast) -> None:
    view = saved(crowd, crowd.owner)
    page = signed_in(crowd.delivery).get(f"{here(crowd)}?{HIGH}&view={view.pk}")
    assert titles(page) == ["High"]
    assert signed_in(crowd.owner).get(f"{here(crowd)}?view=nothing").status_code == 200


def test_view_of_another_engagement_is_not_found_here(crowd: Cast) -> None:
    view = saved(crowd, crowd.owner)
    elsewhere = re.sub(str(crowd.engagement.pk), other_deal(crowd), here(crowd, "view_remove", view.pk))
    assert signed_in(crowd.owner).post(elsewhere).status_code == 404


def other_deal(cast: Cast) -> str:
    return str(next(one for one in cast.actor(cast.owner).capabilities if one != cast.engagement.pk))


def test_page_asks_as_often_for_thirty_views_and_entries_as_for_one(crowd: Cast) -> None:
    owner = signed_in(crowd.owner)
    colleague = joined(
        crowd.actor(crowd.owner), crowd.engagement, "client", ["finance"], "Helen Osei", "lumen"
    ).person
    saved(crowd, crowd.owner, "Own words", Asked(text="own"))
    saved(crowd, colleague, "First", shared_with="side")
    owner.get(here(crowd))
    before = asked_by(owner, here(crowd))
    for number in range(28):
        saved(crowd, crowd.owner, f"View {number}", Asked(state="open", sort="due"))
        saved(crowd, colleague, f"View {number}", Asked(choice="high"), shared_with="side")
        written(crowd, crowd.owner, title=f"Another {number}", owner_id=colleague.pk)
    assert asked_by(owner, here(crowd)) == before
    counted = [count for _, count in tabs(owner.get(here(crowd))) if count is not None]
    assert len(counted) == 4 + 29 + 1  # whatever asks the same as one of the first has its number


def asked_by(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_large_register_leaves_the_number_of_a_view_out_that_would_read_every_entry(
    crowd: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(crowd, crowd.owner, "A words", Asked(text="late"))
    saved(crowd, crowd.owner, "B shared", Asked(seen="shared"))
    owner = signed_in(crowd.owner)
    assert tabs(owner.get(here(crowd)))[-2:] == [("A words", 1), ("B shared", 3)]
    monkeypatch.setattr(counting, "MOST_READ", 3)
    assert tabs(owner.get(here(crowd)))[-2:] == [("A words", None), ("B shared", 3)]
    assert "1 of 4 issues" in said(owner.get(f"{here(crowd)}?text=late"))


def test_views_by_the_api_are_those_of_the_page(crowd: Cast) -> None:
    owner = signed_in(crowd.owner)
    given: dict[str, Any] = {
        "name": "High ones",
        "asked": {"choice": "high", "sort": "level"},
        "shared_with": "side",
    }
    made = sent(owner, "POST", views_of(crowd), given)
    assert made.status_code == 201
    view = made.json()
    assert (view["asked"]["choice"], view["asked"]["sort"], view["is_own"], view["why"]) == (
        "high",
        "level",
        True,
        "",
    )
    refused = sent(owner, "POST", views_of(crowd), given)
    assert (refused.status_code, refused.json()["code"]) == (422, "view-refused")
    wrong = sent(owner, "POST", views_of(crowd), given | {"asked": {"choice": "dire"}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "filter-unknown")
    rada = signed_in(crowd.reader)
    assert [one["is_own"] for one in sent(rada, "GET", views_of(crowd)).json()] == [False]
    bad = given | {"as_seen": "1", "asked": {"choice": "dire"}}
    assert sent(rada, "PUT", f"/views/{view['id']}", bad).status_code == 403
    assert sent(rada, "POST", views_of(crowd), bad).status_code == 403
    after = sent(owner, "PUT", f"/views/{view['id']}", given | {"name": "Highest", "as_seen": "1"})
    assert (after.json()["name"], after.json()["seen_as"]) == ("Highest", "2")
    same = sent(owner, "PUT", f"/views/{view['id']}", given | {"name": "Highest", "as_seen": "2"})
    assert (same.status_code, same.json()["code"]) == (409, "view-unchanged")
    assert sent(owner, "POST", f"/views/{view['id']}/removal").status_code == 204
    twice = sent(owner, "POST", f"/views/{view['id']}/removal")
    assert (twice.status_code, twice.json()["code"]) == (409, "view-gone")
    assert sent(owner, "POST", f"/views/{view['id']}/return").json()["name"] == "Highest"
    assert sent(signed_in(crowd.delivery), "PUT", f"/views/{view['id']}", bad).status_code == 404


def test_renamed_view_keeps_what_it_shows(crowd: Cast) -> None:
    view = saved(crowd, crowd.owner, "First", Asked(overdue="1"))
    after = amended_view(crowd, crowd.owner, view, ViewSaid("Second", Asked(overdue="1")))
    page = signed_in(crowd.owner).get(f"{here(crowd)}?overdue=1&view={after.pk}")
    assert not page.context["views"].is_changed
