"""The parts of pages: shapes for every standing, reasons beside locks, no inline styles, nothing from another host."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from handfast.foundation.web.frame import Frame, RailPage, Stage, Status
from handfast.foundation.web.styleguide import STANDINGS, styleguide

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "src" / "handfast").glob("*/templates/**/*.html"))
SOURCES = sorted([*(ROOT / "frontend").rglob("*.css"), *(ROOT / "frontend").rglob("*.ts")])
STATEMENTS = RailPage("Statements", "/statements", is_current=True)
FRAME = Frame(
    person_name="Priya Raman",
    initials="PR",
    organisation_name="Lumen",
    side="client",
    engagement_name="Customer Support",
    engagement_line="Lumen with Danube Care",
    overview_url="/overview",
    stages=(
        Stage("Assess", "met", "Nov 24", "/assess", pages=(RailPage("Cases", "/cases"),)),
        Stage("Operate", "risk", "3 of 6", "/operate", is_open=True, pages=(STATEMENTS,)),
    ),
)


def drawn(source: str, **context: object) -> str:
    """What this template text becomes."""
    return (
        engines["django"]
        .from_string(CottonCompiler().process(source))
        .render(context, RequestFactory().get("/"))
    )


def framed(frame: Frame | None) -> str:
    """The frame around an empty page."""
    return render_to_string("foundation/frame.html", {"frame": frame}, RequestFactory().get("/"))


@pytest.fixture(scope="module")
def guide() -> str:
    """The page of parts."""
    return styleguide(RequestFactory().get("/styleguide/")).content.decode()


def test_every_standing_has_its_own_shape() -> None:
    shapes = {
        status: re.sub(r"^.*?>", "", drawn("<c-hf.glyph :status='status' />", status=status), count=1)
        for status in get_args(Status)
    }
    assert len(set(shapes.values())) == len(shapes)


def test_the_styleguide_shows_every_standing_of_look() -> None:
    assert {status for status, _, _ in STANDINGS} == set(get_args(Status)) - {"stale"}


def test_a_glyph_without_words_is_hidden_from_readers() -> None:
    assert 'aria-hidden="true"' in drawn("<c-hf.glyph status='met' />")
    assert 'aria-label="Met"' in drawn("<c-hf.glyph status='met' label='Met' />")


def test_a_locked_button_says_why_and_sends_nothing() -> None:
    button = drawn("<c-hf.button locked reason='Two criteria are open'>Sign go…</c-hf.button>")
    assert "Two criteria are open" in button
    assert 'type="button"' in button
    assert 'aria-disabled="true"' in button


def test_a_button_with_an_address_is_a_link() -> None:
    assert re.match(
        r'\s*<a href="/x\?a=1&amp;b=2"', drawn("<c-hf.button :href='to'>Go</c-hf.button>", to="/x?a=1&b=2")
    )


def test_words_of_others_are_escaped_in_every_part() -> None:
    said = "<script>alert(1)</script>"
    for part in (
        "<c-hf.refused :title='said' :code='said'>{{ said }}</c-hf.refused>",
        "<c-hf.chip status='met'>{{ said }}</c-hf.chip>",
        "<c-hf.field label='{{ said }}' name='x' :value='said' :error='said' />",
        "<c-hf.panel title='{{ said }}'>{{ said }}</c-hf.panel>",
        "<c-hf.by side='client'>{{ said }}</c-hf.by>",
    ):
        assert "<script>" not in drawn(part, said=said)
        assert "&lt;script&gt;" in drawn(part, said=said)


def test_a_wrong_field_names_its_error_and_line() -> None:
    field = drawn(
        "<c-hf.field label='Closes at' name='closes_at' value='25:00' line='14' error='a day ends at 24:00' />"
    )
    assert 'aria-describedby="closes_at_error"' in field
    assert "Line 14: a day ends at 24:00" in field


def test_a_bullet_places_its_marks_in_percent() -> None:
    bullet = drawn(
        "<c-hf.bullet status='missed' minimum='32' expected='63' measured='20' low='16' high='34' />"
    )
    assert 'cx="20%"' in bullet
    assert 'x1="16%" x2="34%"' in bullet
    assert "hf-bullet-band" not in drawn("<c-hf.bullet minimum='32' expected='63' measured='0' />")
    assert 'cx="0%"' in drawn("<c-hf.bullet :measured='at' />", at=0)


def test_a_part_takes_nothing_from_the_part_around_it() -> None:
    panel = drawn(
        "<c-hf.panel title='Outer' audience='client' audience_name='Lumen'><c-slot name='foot'>outer foot</c-slot>"
        "<c-hf.panel>inner</c-hf.panel></c-hf.panel>"
    )
    assert panel.count("outer foot") == 1
    assert panel.count("hf-panel--client") == 1
    assert panel.count("Outer") == 1


def test_the_frame_shows_pages_of_the_open_stage_only() -> None:
    page = framed(FRAME)
    assert page.count('aria-current="page"') == 1
    assert "Statements" in page
    assert "Cases" not in page


def test_the_frame_offers_search_only_with_an_address() -> None:
    assert "hf-palette" not in framed(FRAME)
    assert 'data-source="/jump"' in framed(replace(FRAME, palette_url="/jump"))


def test_the_sample_can_be_removed_from_the_rail() -> None:
    page = framed(replace(FRAME, is_sample=True, remove_sample_url="/sample/remove"))
    assert 'action="/sample/remove"' in page
    assert "Sample engagement" not in framed(FRAME)


def test_a_page_without_engagement_has_no_rail() -> None:
    page = framed(None)
    assert "hf-rail" not in page
    assert 'id="content"' in page


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "foundation/gate.html"]
)
def test_pages_outside_an_engagement_have_one_heading(name: str) -> None:
    page = render_to_string(name, {}, RequestFactory().get("/"))
    assert page.count("<h1") == 1


def test_a_refusal_shows_its_reason_code_and_fields() -> None:
    refusal = {
        "heading": "This month is frozen",
        "said": "Both signed.",
        "code": "statement-frozen",
        "fields": ("month",),
    }
    page = render_to_string("foundation/refused.html", {**refusal, "back": "/march"}, HttpRequest())
    for said in ("This month is frozen", "Both signed.", "statement-frozen", "month", 'href="/march"'):
        assert said in page


def test_a_register_shows_its_views_and_exports() -> None:
    tabs = [{"name": "Open", "count": 16, "url": "?view=open", "is_current": True}]
    page = render_to_string(
        "foundation/register.html", {"frame": FRAME, "tabs": tabs, "csv_url": "/issues.csv"}, HttpRequest()
    )
    assert 'href="?view=open" aria-current="page"' in page
    assert 'href="/issues.csv"' in page


def test_no_template_carries_inline_style_or_script() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script or 'type="application/json"' in script, path  # data is never run


def test_the_styleguide_has_unique_ids_and_no_template_left(guide: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', guide)
    assert len(ids) == len(set(ids))
    for left in ("<c-", "{{", "{%"):
        assert left not in guide


def test_styles_and_scripts_come_from_this_host_only(guide: str) -> None:
    for path in SOURCES:
        assert "http" not in path.read_text(encoding="utf-8").replace("https?", ""), path
    assert not re.search(r'(src|href)="(https?:)?//', guide)


def test_the_lock_of_node_packages_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())
