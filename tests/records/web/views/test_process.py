"""The process map of a source: figures of its standing events, filtered, exported, and empty where there are none."""

from __future__ import annotations

from tests.records.deal import MARCH, Deal
from tests.records.web.signed_in import here, signed_in

FEBRUARY = MARCH + b"L-3,2026-02-02T09:00:00,created\nL-3,2026-02-02T09:30:00,<b>wait\n"


def test_map_and_tables_tell_the_same_events(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source, FEBRUARY)
    said = signed_in(bargain, "reader").get(here(bargain, f"sources/{source.pk}/process/")).content.decode()
    assert "3 cases went 3 ways through 3 activities" in said
    assert "1 h 00 min" in said
    assert "&lt;b&gt;wait" in said
    assert "<b>wait" not in said
    assert '<svg class="hf-flow"' in said


def test_rare_steps_are_hidden_until_asked_for(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    page = here(bargain, f"sources/{source.pk}/process/")
    client = signed_in(bargain, "owner")
    assert "1 rarer step is not shown" in client.get(f"{page}?share=60").content.decode()
    assert "not shown" not in client.get(f"{page}?share=0").content.decode()


def test_share_that_is_none_is_refused_by_its_name(bargain: Deal) -> None:
    source = bargain.source()
    page = here(bargain, f"sources/{source.pk}/process/")
    for wrong in ("101", "-1", "x", "²", "9999999999"):
        answer = signed_in(bargain, "owner").get(page, {"share": wrong})
        assert answer.status_code == 422
        assert "from 0 to 100" in answer.content.decode()


def test_source_without_events_says_what_belongs_here(bargain: Deal) -> None:
    source = bargain.source()
    client = signed_in(bargain, "owner")
    said = client.get(here(bargain, f"sources/{source.pk}/process/")).content.decode()
    assert "No process to show yet" in said
    assert client.get(f"/api/records/sources/{source.pk}/process-map").json() is None


def test_map_of_another_deal_is_not_seen(bargain: Deal) -> None:
    source = bargain.source()
    page = f"sources/{source.pk}/process/"
    assert signed_in(bargain, "rival").get(here(bargain, page)).status_code == 404
    assert signed_in(bargain, "owner").get(here(bargain.elsewhere(), page)).status_code == 404


def test_export_and_api_tell_each_step(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    client = signed_in(bargain, "owner")
    answer = client.get(here(bargain, f"sources/{source.pk}/process/export/csv"))
    assert b"created,solved,1,1,3600,3600,3600,L-1" in b"".join(answer)
    told = client.get(f"/api/records/sources/{source.pk}/process-map").json()
    assert (told["cases"], told["edges"][0]["median_s"]) == (2, 3600)
