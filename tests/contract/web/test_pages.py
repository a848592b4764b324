"""Each page of contracts: who sees it, what it says, and what it does without script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.contract.deal import AMENDED, BROKEN, CHANGED, TERMS, Bargain

from handfast.contract.actions import withdraw_terms
from handfast.contract.models import TermsDraft, TermsVersion
from handfast.contract.queries import terms_in_force
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.people.models import Person

HTMX = {"HX-Request": "true"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(bargain: Bargain, name: str, *args: object) -> str:
    return reverse(f"contract:{name}", args=[bargain.cast.engagement.pk, bargain.agreement.pk, *args])


def said(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def priya(bargain: Bargain) -> Client:
    return signed_in(bargain.cast.owner)


@pytest.fixture
def jovana(bargain: Bargain) -> Client:
    return signed_in(bargain.cast.delivery)


def test_terms_are_proposed_and_agreed_by_pages_alone(
    bargain: Bargain, priya: Client, jovana: Client
) -> None:
    priya.post(url(bargain, "begin"), {"from": "empty"})
    opened = priya.get(url(bargain, "draft"))
    sent = {"text": TERMS.replace("\n", "\r\n"), "as_seen": opened.context["as_seen"], "propose": "1"}
    proposed = priya.post(url(bargain, "draft"), sent)
    assert (proposed.status_code, proposed.url) == (302, url(bargain, "version", 1))
    page = jovana.get(proposed.url)
    assert "Type 1, the number of the version, to agree" in said(page)
    sent = {"verb": "agree", "typed": "1", "as_seen": page.context["terms_version"].seen_as}
    assert jovana.post(url(bargain, "answer", 1), sent).status_code == 302
    shown = said(priya.get(url(bargain, "terms")))
    assert "Version 1 is in force, agreed by both" in shown
    assert "agreed by Jovana Petrović, Danube Care" in shown.replace("Agreed", "agreed")
    assert "share within 4 h, by the calendar office, counted when started" in shown


def test_draft_is_seen_by_its_own_side_only(bargain: Bargain, jovana: Client) -> None:
    bargain.drafted(bargain.client, TERMS.replace("Customer Support", "Kept to Ourselves"))
    assert "Kept to Ourselves" not in said(jovana.get(url(bargain, "draft")))
    assert "Your side has no draft" in said(jovana.get(url(bargain, "draft")))


def test_conflict_keeps_both_texts_visible(bargain: Bargain, priya: Client) -> None:
    bargain.drafted(bargain.client)
    opened_on = priya.get(url(bargain, "draft")).context["as_seen"]
    bargain.drafted(bargain.client, TERMS + "# theirs\n")
    sent = {"text": TERMS + "# mine\n", "as_seen": opened_on, "save": "1"}
    page = priya.post(url(bargain, "draft"), sent)
    assert page.status_code == 409
    assert "# theirs" in said(page)
    assert "# mine" in said(page)
    again = priya.post(url(bargain, "draft"), sent | {"as_seen": page.context["as_seen"]})
    assert again.status_code == 302
    with entered(bargain.client.reach):
        assert TermsDraft.objects.get().text.endswith("# mine\n")


def test_errors_are_linked_to_their_lines_and_block_proposing(bargain: Bargain, priya: Client) -> None:
    bargain.drafted(bargain.client, BROKEN)
    page = priya.get(url(bargain, "draft"))
    line = BROKEN[: BROKEN.index("clock: absent")].count("\n") + 1
    assert f'href="#line-{line}"' in said(page)
    assert f'id="line-{line}"' in said(page)
    sent = {"text": BROKEN, "as_seen": page.context["as_seen"], "propose": "1"}
    refused = priya.post(url(bargain, "draft"), sent)
    assert refused.status_code == 422
    assert "terms-have-errors" in said(refused)
    with entered(bargain.client.reach):
        assert not TermsVersion.objects.exists()


def test_check_answers_a_fragment_and_keeps_nothing(bargain: Bargain, priya: Client) -> None:
    draft = bargain.drafted(bargain.client)
    part = priya.post(url(bargain, "check"), {"text": BROKEN}, headers=HTMX)
    assert "there is no clock" in said(part)
    assert "<html" not in said(part)
    with entered(bargain.client.reach):
        assert TermsDraft.objects.get(pk=draft.pk).text == TERMS
    long = priya.post(url(bargain, "check"), {"text": "#" * 100_001}, headers=HTMX)
    assert "checked by the button" in said(long)


def test_text_can_come_from_a_file(bargain: Bargain, priya: Client) -> None:
    draft = bargain.drafted(bargain.client, "")
    sent = {"text": "", "as_seen": draft.seen_as, "save": "1"}
    wrong = priya.post(
        url(bargain, "draft"), sent | {"file": SimpleUploadedFile("terms.yaml", b"\xff\xfe\x00")}
    )
    assert (wrong.status_code, "no text in UTF-8" in said(wrong)) == (422, True)
    file = SimpleUploadedFile("terms.yaml", b"\xef\xbb\xbf" + TERMS.encode())
    assert priya.post(url(bargain, "draft"), sent | {"file": file}).status_code == 302
    with entered(bargain.client.reach):
        assert TermsDraft.objects.get().text == TERMS


@pytest.mark.parametrize("size", [250_001, 5_000_000])
def test_terms_of_megabytes_are_refused_with_their_size(bargain: Bargain, priya: Client, size: int) -> None:
    draft = bargain.drafted(bargain.client)
    page = priya.post(url(bargain, "draft"), {"text": "x" * size, "as_seen": draft.seen_as, "save": "1"})
    assert page.status_code == 413
    assert "terms-too-large" in said(page)
    assert "250,000" in said(page)


def test_post_of_a_draft_without_its_token_is_refused(bargain: Bargain) -> None:
    bargain.drafted(bargain.client)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bargain.cast.owner)
    assert strict.post(url(bargain, "draft"), {"text": "", "save": "1"}).status_code == 403


def test_wrong_number_is_said_beside_its_field(bargain: Bargain, jovana: Client) -> None:
    version = bargain.proposed(bargain.client)
    for verb, words in (
        ("agree", "type 1, the number of the version"),
        ("decline", "say what should be changed"),
    ):
        sent = {"verb": verb, "typed": "7", "reason": "", "as_seen": version.seen_as}
        page = jovana.post(url(bargain, "answer", 1), sent)
        assert (page.status_code, words in said(page)) == (422, True)


def test_unknown_answer_has_its_own_code(bargain: Bargain, jovana: Client) -> None:
    bargain.proposed(bargain.client)
    page = jovana.post(url(bargain, "answer", 1), {"verb": "shrug"})
    assert (page.status_code, "answer-unknown" in said(page)) == (422, True)


def test_files_are_the_version_byte_by_byte(bargain: Bargain, jovana: Client) -> None:
    version = bargain.proposed(bargain.client)
    terms = jovana.get(url(bargain, "terms_yaml", 1))
    assert (terms.content, terms["Content-Type"]) == (TERMS.encode(), "application/yaml; charset=utf-8")
    assert jovana.get(url(bargain, "annex_json", 1)).content == version.annex.encode()


def test_versions_are_listed_compared_and_exported(bargain: Bargain, priya: Client) -> None:
    bargain.agreed()
    bargain.agreed(CHANGED)
    assert "2 versions were proposed" in said(priya.get(url(bargain, "versions")))
    compared = said(priya.get(url(bargain, "compare")))
    assert "1 line came, 1 went" in compared
    for name, label in (("versions", "Versions of the terms"), ("compare", "Lines of both versions")):
        assert (
            f'role="region" aria-label="{label}" tabindex="0"'
            in priya.get(url(bargain, name)).content.decode()
        )
    assert "target: 3h" in compared
    for form in ("csv", "xlsx"):
        export = priya.get(url(bargain, "versions_export", form))
        assert b"".join(export.streaming_content)
    assert priya.get(url(bargain, "compare"), {"before": "9"}).status_code == 404


def test_calendar_page_names_closed_half_and_changed_days(bargain: Bargain, priya: Client) -> None:
    bargain.proposed(bargain.client)
    page = said(priya.get(url(bargain, "calendar", 1)))
    for words in (
        "Orthodox Christmas Day",
        "Open 08:00-12:00",
        "Clocks go forward 1 h at 02:00",
        "Mon to Fri",
    ):
        assert words in page
    assert "style=" not in page
    assert priya.get(url(bargain, "calendar", 1), {"year": "1999"}).status_code == 404
    assert priya.get(url(bargain, "calendar", 1), {"calendar": "absent"}).status_code == 404


def test_form_writes_terms_that_can_be_proposed(bargain: Bargain, priya: Client) -> None:
    initial = priya.get(url(bargain, "usual")).context["form"].initial
    sent = {key: value for key, value in initial.items() if value not in (None, False)}
    sent |= {
        "created": "created",
        "first_reply": "first_reply",
        "resolved": "resolved",
        "source": "preset:zendesk",
    }
    assert priya.post(url(bargain, "usual"), sent).status_code == 302
    page = priya.get(url(bargain, "draft"))
    assert not page.context["checked"].errors
    held = priya.get(url(bargain, "usual")).context["form"].initial
    assert (held["first_response_target"], held["hours_mon"]) == ("4", "09:00-17:00")


def test_form_says_what_it_cannot_represent_and_shows_the_text(bargain: Bargain, priya: Client) -> None:
    bargain.drafted(bargain.client, AMENDED)
    page = priya.get(url(bargain, "usual"))
    assert "says more than the form can show" in said(page)
    assert "name: Quicker" in said(page)


def test_form_without_measures_or_with_wrong_numbers_is_refused(bargain: Bargain, priya: Client) -> None:
    page = priya.post(
        url(bargain, "usual"), {"name": "x", "resolution_is_chosen": "1", "resolution_expected": "ninety"}
    )
    assert page.status_code == 422
    assert "A plain number" in said(page)
    assert "Choose at least one measure" in said(priya.post(url(bargain, "usual"), {"name": "x"}))


@pytest.mark.parametrize(
    "name", ["terms", "versions", "compare", "version", "calendar", "terms_yaml", "annex_json"]
)
def test_rival_and_stranger_find_no_page(bargain: Bargain, name: str) -> None:
    bargain.proposed(bargain.client)
    args = [1] if name in ("version", "calendar", "terms_yaml", "annex_json") else []
    for person in (bargain.cast.rival, bargain.cast.stranger):
        assert signed_in(person).get(url(bargain, name, *args)).status_code == 404
    assert Client().get(url(bargain, name, *args)).status_code == 302


def test_reader_sees_terms_and_is_offered_nothing(bargain: Bargain) -> None:
    bargain.proposed(bargain.provider)
    reader = signed_in(bargain.cast.reader)
    page = said(reader.get(url(bargain, "version", 1)))
    assert "your role does not write terms" in page
    assert "Agree to version" not in page
    assert reader.get(url(bargain, "draft")).status_code == 403
    assert reader.post(url(bargain, "check"), {"text": ""}).status_code == 403
    assert reader.get(url(bargain, "usual")).status_code == 403


def test_agreement_of_another_engagement_is_not_found_under_this_one(bargain: Bargain, priya: Client) -> None:
    wrong = reverse("contract:terms", args=[uuid4(), bargain.agreement.pk])
    assert priya.get(wrong).status_code == 404


def test_empty_engagement_offers_the_one_next_step(bargain: Bargain, priya: Client) -> None:
    assert "No terms in force" in said(priya.get(url(bargain, "terms")))
    assert "No version yet" in said(priya.get(url(bargain, "versions")))
    assert "Nothing to compare" in said(priya.get(url(bargain, "compare")))
    here = reverse("contract:agreements", args=[bargain.cast.engagement.pk])
    assert priya.get(here).url == url(bargain, "terms")
    assert "What was signed?" in said(priya.get(here, {"new": "1"}))
    made = priya.post(here, {"title": "Second", "currency": "EUR"})
    assert made.status_code == 302
    assert "2 agreements" in said(priya.get(here))
    assert priya.post(here, {"title": "Second", "currency": "euros"}).status_code == 422


def test_lists_ask_as_often_for_thirty_rows_as_for_one(bargain: Bargain, priya: Client) -> None:
    counts = []
    for wanted in (1, 30):
        with entered(bargain.client.reach):
            have = TermsVersion.objects.count()
        for number in range(have, wanted):
            version = bargain.proposed(
                bargain.client, TERMS.replace("92 %", f"{60 + number} %").replace("85 %", "50 %")
            )
            withdraw_terms(bargain.client, version, at=version.proposed_at)
        priya.get(url(bargain, "versions"))
        with CaptureQueriesContext(connection) as asked:
            priya.get(url(bargain, "versions"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 24


def test_in_force_is_the_latest_agreed_version(bargain: Bargain) -> None:
    bargain.agreed()
    second = bargain.agreed(CHANGED)
    with entered(bargain.provider.reach):
        assert terms_in_force(bargain.agreement) == second
