"""Whatever is written into any field, it is shown as text or refused by its field: never as markup, never as a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from tests.hostile.markup import faults_in, words_in
from tests.hostile.payloads import payloads
from tests.hostile.poisoning import KEPT, Choice, Poisoned, a_poisoned_deal, form_classes, let_go, text_fields

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
POLICY = "default-src 'none'"
FEW = 12
SIGN_IN = "/accounts/login/"


@pytest.fixture
def deal(tmp_path: Path, settings: SettingsWrapper) -> Poisoned:
    settings.HANDFAST_HOME = tmp_path
    settings.HANDFAST_RECORDS = tmp_path / "records"
    cache.clear()
    return a_poisoned_deal()


def faults_of(name: str, answer: HttpResponse) -> list[str]:
    """What is wrong with an answer, whatever was sent."""
    if answer.status_code >= 500:
        fault = getattr(answer, "exc_info", None)
        return [
            f"{name}: {answer.status_code} {fault[1]!r}"[:300] if fault else f"{name}: {answer.status_code}"
        ]
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        return [f"{name}: its kind may be guessed"]
    if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
        return []
    policy = answer.headers.get("Content-Security-Policy", "")
    weak = [] if POLICY in policy and "unsafe" not in policy else [f"{name}: the policy is {policy!r}"]
    return weak + [f"{name}: {fault}" for fault in faults_in(answer.content.decode())]


def written_everywhere(deal: Poisoned, texts: list[str], rounds: int, shown_each: int) -> None:
    """In every round a text into every field; every page read now and then, and at the end."""
    faults, taken, seen = [], set(), ""
    for number in range(rounds):
        for name, answer in deal.spread(Choice(texts, number)):
            faults += [f"round {number}, {fault}" for fault in faults_of(name, answer)]
            if answer.status_code < 400 and SIGN_IN not in answer.request["PATH_INFO"]:
                taken.add(name)
        if number % shown_each == shown_each - 1 or number == rounds - 1:
            for name, answer in deal.shown():
                faults += [f"after {number}, {fault}" for fault in faults_of(name, answer)]
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    seen += words_in(answer.content.decode())
                let_go(answer)
    assert not faults, f"{len(faults)} faults\n" + "\n".join(list(dict.fromkeys(faults))[:30])
    # An operation often meets what its page has taken before: the same title, a line disputed already.
    by_pages = {name for name in KEPT if "/api/" not in name}
    assert taken >= by_pages | {"PUT /api/me"}, f"never taken: {sorted(by_pages - taken)}"
    shown = [text for text in texts if text.strip()[:60] in seen]
    assert len(shown) >= len(texts) // 4, f"only {len(shown)} of {len(texts)} were ever shown"


def test_corpus_is_five_hundred_different_payloads() -> None:
    found = payloads(500)
    assert len(set(found)) == len({one.rpartition("P")[0] for one in found}) == 500
    assert len(payloads(FEW)) == FEW


def test_forms_are_found_and_their_fields_told_apart() -> None:
    assert len(form_classes()) >= 12
    assert {"name", "reason", "mapping", "token_name", "other_name", "title"} <= text_fields(is_shaped=False)
    assert {"zone", "period", "email", "key"} <= text_fields(is_shaped=True)


@pytest.mark.parametrize(
    "page",
    [
        "<p onclick=x>", "<script>x</script>", "<script src=//evil.example/></script>", "<iframe></iframe>", "<svg/onload=x>",
        "<a href=javascript:x>", "<a href='//evil.example'>", "<link rel=stylesheet href=//evil.example>", "<x hx-get=/>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>", "<p hx-on:load=x>", "<p hx-vals='js:{}'>", "<form action=https://evil.example>",
    ],
)  # fmt: skip
def test_markup_that_nobody_of_the_house_wrote_is_found(page: str) -> None:
    assert faults_in(page)
    assert not faults_in(page.replace("<", "&lt;"))


def test_payloads_in_every_field_of_every_form_and_operation_are_text(deal: Poisoned) -> None:
    written_everywhere(deal, payloads(FEW), rounds=2, shown_each=2)


@pytest.mark.soak
def test_five_hundred_payloads_in_every_field_are_text(deal: Poisoned) -> None:
    written_everywhere(deal, payloads(500), rounds=75, shown_each=5)
