"""Whatever is written into terms, titles and reasons, pages show it as text."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING

from tests.contract.deal import AT, TERMS, Bargain
from tests.contract.web.test_pages import said, signed_in, url

from handfast.contract.actions import decline_terms

if TYPE_CHECKING:
    from django.test import Client

TAGS = (
    "script",
    "img src=x onerror=alert(1)",
    "svg/onload=alert(1)",
    "iframe srcdoc=x",
    "a href=javascript:alert(1)",
    "body onload=a()",
)
ESCAPES = (
    "",
    "</textarea>",
    "</pre>",
    "</code>",
    "</title>",
    "-->",
    "]]>",
    "'\">",
    "{{ 7|add:7 }}",
    "{% load x %}",
    "<c-hf.panel>",
)
DANGER = re.compile(
    r"<(script>|img src=x|svg/onload|iframe srcdoc|a href=javascript|body onload=a)", re.IGNORECASE
)


def payloads(count: int) -> list[str]:
    chance = random.Random(20260416)  # noqa: S311 - payloads are to be the same in every run
    return [
        f"{chance.choice(ESCAPES)}<{chance.choice(TAGS)}>{chance.choice(ESCAPES)}P{number}"
        for number in range(count)
    ]


def safe(page: str) -> bool:
    """No payload stands in the page as markup, and the first of them stands there as text."""
    return DANGER.search(page) is None and "P0" in page


def test_payloads_in_a_draft_are_shown_as_text(bargain: Bargain) -> None:
    priya = signed_in(bargain.cast.owner)
    text = TERMS + "".join(f"# {one}\n" for one in payloads(500))
    bargain.drafted(bargain.client, text)
    assert safe(said(priya.get(url(bargain, "draft"))))
    conflict = {"text": text, "as_seen": "0" * 64, "save": "1"}
    assert safe(said(priya.post(url(bargain, "draft"), conflict)))
    assert safe(said(priya.get(url(bargain, "usual"))))


def test_payloads_as_keys_and_names_are_shown_as_text_in_remarks(bargain: Bargain) -> None:
    priya = signed_in(bargain.cast.owner)
    found = payloads(500)
    for start in range(0, 500, 20):
        broken = TERMS + "".join(
            f"{json.dumps(one)}: {json.dumps(one)}\n" for one in ["P0", *found[start : start + 20]]
        )
        assert safe(said(priya.post(url(bargain, "check"), {"text": broken}, headers={"HX-Request": "true"})))


def test_payloads_in_an_agreed_version_are_shown_as_text(bargain: Bargain) -> None:
    found = payloads(500)
    levels = "".join(
        f"  level_{place}: {{name: {json.dumps(one)}, measure: first_response, expected: 90 %, minimum: 80 %}}\n"
        for place, one in enumerate(found)
    )
    named = TERMS.replace("tickets: {name: Ticket support}", f"tickets: {{name: {json.dumps(found[0])}}}")
    bargain.agreed(named)
    bargain.agreed(named + levels)
    jovana = signed_in(bargain.cast.delivery)
    for name, args in (("terms", []), ("version", [2]), ("compare", [])):
        assert safe(said(jovana.get(url(bargain, name, *args)))), name


def test_payloads_in_a_reason_and_a_holiday_are_shown_as_text(bargain: Bargain) -> None:
    found = "".join(payloads(30))
    closed = TERMS.replace("country: RS,", f"country: RS, add: {{2026-03-03: {json.dumps(found)}}},")
    decline_terms(bargain.provider, bargain.proposed(bargain.client, closed), reason=found, at=AT)
    priya: Client = signed_in(bargain.cast.owner)
    for name in ("version", "calendar"):
        assert safe(said(priya.get(url(bargain, name, 1)))), name
