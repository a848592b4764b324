"""The go/no-go pack: what keeps a gate shut, every criterion, waivers and signatures; frozen, the same for both sides."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader
from tests.packs.making import made
from tests.readiness.gated import AT, Gated, a_gated

from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import entered
from handfast.packs.files.answering import download_of
from handfast.packs.queries.packs import report_of
from handfast.packs.report import Table
from handfast.readiness.actions import sign_gate
from handfast.readiness.reading.said import ConditionSaid

pytestmark = pytest.mark.django_db


@pytest.fixture
def gated() -> Gated:
    return a_gated()


def test_what_keeps_a_gate_shut_is_on_its_first_page(gated: Gated) -> None:
    gated.emptied(4)
    one = gated.asks(4, text="The recording test is green")
    pack = made(gated.client, gated.engagement, "gate", {"gate": str(gated.gate(4).pk)})
    report = report_of(pack)
    first = report.pages[0]
    assert "One criterion keeps “Go-live decision” shut" in first.sentence
    table = next(part for part in first.parts if isinstance(part, Table))
    assert [str(row[0].said) for row in table.rows] == [f"{one.name}, The recording test is green"]  # type: ignore[union-attr]  # a link
    text = "".join(
        page.extract_text()
        for page in PdfReader(
            io.BytesIO(bytes(download_of(pack, "pdf", is_being_written=False).content))
        ).pages
    )
    assert "The recording test is green" in text
    assert "Sponsor signs" in " ".join(text.split())


def test_waivers_signatures_and_conditions_are_told(gated: Gated) -> None:
    gated.emptied(4)
    one = gated.asks(4)
    gated.waived(one)
    condition = ConditionSaid("Record every call", gated.executive.pk, date(2026, 4, 30))
    decision = gated.opened(4, outcome="conditional", conditions=(condition,))
    for actor in (gated.client, gated.signing):
        sign_gate(actor, decision, sha256=decision.sha256, at=AT)
    pack = made(gated.client, gated.engagement, "gate", {"gate": str(gated.gate(4).pk)})
    body = report_of(pack).model_dump_json()
    for said in (
        "The bench is down",
        "Team leads listen in",
        "Record every call",
        decision.sha256,
        "Stefan Marić",
    ):
        assert said in body
    for form in ("xlsx", "pptx", "json"):
        assert bytes(download_of(pack, form, is_being_written=False).content)


def test_a_gate_that_is_not_seen_makes_no_pack(gated: Gated) -> None:
    rival = gated.programme.cast.actor(gated.programme.cast.rival)
    with entered(rival.reach), pytest.raises(NotSeen):
        made(gated.client, gated.engagement, "gate", {"gate": "nothing"})
