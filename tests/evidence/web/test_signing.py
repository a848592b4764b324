"""Roles are asked to sign a version; each signs its digest or declines with a reason; many are signed at once."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.evidence.papers import (
    DELIVERY,
    amended,
    asked_to_sign,
    drafted,
    published,
    seen,
    signatures,
    signed,
    url_of,
)
from tests.factories.cast import joined
from tests.governance.web.test_registers import said, signed_in

from handfast.evidence.queries.signing import to_sign
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.evidence.models import Document, Signature
    from handfast.people.models import Person

SPONSOR = ("client", "sponsor")


def of(cast: Cast, name: str, *place: object) -> str:
    return reverse(f"evidence:{name}", args=[cast.engagement.pk, *place])


@pytest.fixture
def document(cast: Cast) -> Document:
    made = published(cast, cast.owner, drafted(cast, cast.owner, owner=cast.owner.pk))
    return seen(cast, cast.owner, made)


def test_owner_asks_a_role_which_reads_and_signs_the_digest(cast: Cast, document: Document) -> None:
    owner = signed_in(cast.owner)
    page = said(owner.get(url_of("sign_off_ask", document)))
    assert "Delivery manager, Danube Care: Jovana Petrović" in page
    assert "Trainer, Danube Care: nobody has this role yet" in page
    assert "Reader" not in page
    given = {"roles": ["provider:delivery-manager"], "due_on": "2026-05-01"}
    assert owner.post(url_of("sign_off_ask", document), given).status_code == 302
    (waiting,) = signatures(cast, cast.owner, document)
    delivery = signed_in(cast.delivery)
    assert "Sign Refunds" in said(delivery.get(reverse("journeys:home")))
    assert "Sign Refunds" not in said(owner.get(reverse("journeys:home")))
    url = of(cast, "signature", waiting.pk)
    page = said(delivery.get(url))
    assert "waits for your signature as Delivery manager of Danube Care, by 1 May 2026" in page
    digest = waiting.document_version.sha256
    assert digest in page
    unread = delivery.post(url, {"sha256": digest})
    assert (unread.status_code, "Tick that you have read it" in said(unread)) == (422, True)
    other = delivery.post(url, {"sha256": "0" * 64, "has_read": "on"})
    assert (other.status_code, "read it again" in said(other)) == (422, True)
    done = delivery.post(url, {"sha256": digest, "has_read": "on"}, follow=True)
    assert "You signed version 1 of DOC-1." in said(done)
    page = said(owner.get(url_of("document", document)))
    assert "Signed by Jovana Petrović" in page
    assert "Version 1 signed" in page
    again = delivery.post(url, {"sha256": digest, "has_read": "on"}, follow=True)
    assert "Somebody of your role has answered this already." in said(again)
    history = said(owner.get(reverse("journeys:history", args=[cast.engagement.pk, document.pk])))
    for words in (
        "wrote document 1",
        "published version 1",
        "asked for signatures",
        "signed a document as delivery manager",
    ):
        assert words in history


def test_only_who_holds_the_role_at_its_side_signs_or_declines(cast: Cast, document: Document) -> None:
    asked_to_sign(cast, cast.owner, document, DELIVERY)
    (waiting,) = signatures(cast, cast.owner, document)
    trainer = joined(
        cast.actor(cast.delivery), cast.engagement, "provider", ["trainer"], "Tea Trainer", "danubecare"
    ).person
    given = {"sha256": waiting.document_version.sha256, "has_read": "on", "reason": "No"}
    for person, status in (
        (cast.owner, 403),
        (trainer, 403),
        (cast.reader, 403),
        (cast.rival, 404),
        (cast.stranger, 404),
    ):
        assert signed_in(person).post(of(cast, "signature", waiting.pk), given).status_code == status
        assert signed_in(person).post(of(cast, "signature_decline", waiting.pk), given).status_code == status
    assert "Sign as" not in said(signed_in(trainer).get(of(cast, "signature", waiting.pk)))
    assert signed_in(cast.delivery).post(url_of("sign_off_ask", document), {}).status_code == 403
    sign_off = signatures(cast, cast.owner, document)[0].sign_off_id
    assert signed_in(cast.delivery).post(of(cast, "sign_off_withdraw", sign_off)).status_code == 403


def test_who_declines_says_why_and_the_owner_reads_it(cast: Cast, document: Document) -> None:
    asked_to_sign(cast, cast.owner, document, DELIVERY, SPONSOR)
    waiting = next(one for one in signatures(cast, cast.owner, document) if one.role == "delivery-manager")
    url, client = of(cast, "signature_decline", waiting.pk), signed_in(cast.delivery)
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "a\x07"}).status_code == 422
    assert client.post(url, {"reason": "The limit is 40"}).status_code == 302
    page = said(signed_in(cast.owner).get(url_of("document", document)))
    assert "The limit is 40" in page
    assert "Version 1 declined" in page
    assert "Somebody of your role has answered" in said(client.post(url, {"reason": "x"}, follow=True))
    asked_to_sign(cast, cast.owner, document, DELIVERY)
    again = next(
        one
        for one in signatures(cast, cast.owner, document)
        if one.role == "delivery-manager" and one.state == "waiting"
    )
    signed(cast, cast.delivery, again)
    assert "1 of 2 signed" in said(signed_in(cast.owner).get(url_of("document", document)))


def test_new_version_carries_no_signature_and_says_what_changed_since(cast: Cast, document: Document) -> None:
    asked_to_sign(cast, cast.owner, document, DELIVERY)
    signed(cast, cast.delivery, signatures(cast, cast.owner, document)[0])
    amended(cast, cast.owner, document, "# Refunds\n\nThe agent reads the whole order.\n")
    published(cast, cast.owner, seen(cast, cast.owner, document))
    page = said(signed_in(cast.owner).get(url_of("document", document)))
    assert "Signed is version 1; version 2 says something else." in page
    assert f"{url_of('document_compare', document)}?before=1&amp;after=2" in page
    assert "Nobody was asked to sign it." in page
    assert "Signed is version 1, not 2" in said(signed_in(cast.owner).get(of(cast, "documents")))
    assert "Signed by Jovana" in said(signed_in(cast.owner).get(url_of("document_version", document, 1)))


def test_request_is_refused_without_roles_twice_or_for_those_who_cannot_sign(
    cast: Cast, document: Document
) -> None:
    client, url = signed_in(cast.owner), url_of("sign_off_ask", document)
    for roles in ([], ["client:reader"], ["client:trainer"], ["nobody"]):
        assert client.post(url, {"roles": roles}).status_code == 422
    asked_to_sign(cast, cast.owner, document, DELIVERY)
    twice = client.post(url, {"roles": ["provider:delivery-manager"]})
    assert (twice.status_code, "asked already for version 1" in said(twice)) == (422, True)
    own = seen(cast, cast.owner, published(cast, cast.owner, drafted(cast, cast.owner, is_own=True)))
    assert (
        "Danube"
        not in said(client.get(url_of("sign_off_ask", own))).partition("<main")[2].partition("</main")[0]
    )
    assert (
        client.post(url_of("sign_off_ask", own), {"roles": ["provider:delivery-manager"]}).status_code == 422
    )
    assert client.post(url_of("sign_off_ask", own), {"roles": ["client:sponsor"]}).status_code == 302
    empty = drafted(cast, cast.owner)
    assert client.get(url_of("sign_off_ask", empty)).status_code == 404


def test_withdrawn_request_waits_for_nobody_and_what_was_signed_stays(cast: Cast, document: Document) -> None:
    made = asked_to_sign(cast, cast.owner, document, DELIVERY, SPONSOR)
    first = next(one for one in signatures(cast, cast.owner, document) if one.role == "delivery-manager")
    signed(cast, cast.delivery, first)
    client, url = signed_in(cast.owner), of(cast, "sign_off_withdraw", made.pk)
    assert "Withdraw what still waits for version 1" in said(client.get(url_of("document", document)))
    assert client.post(url).status_code == 302
    assert sorted(one.state for one in signatures(cast, cast.owner, document)) == ["signed", "withdrawn"]
    assert "Everybody has answered" in said(client.post(url, follow=True))
    gone = next(one for one in signatures(cast, cast.owner, document) if one.state == "withdrawn")
    answer = client.post(of(cast, "signature", gone.pk), {"sha256": "x", "has_read": "on"}, follow=True)
    assert "asked no longer" in said(answer)


def test_many_are_signed_by_one_confirmation_and_one_refused_holds_up_no_other(cast: Cast) -> None:
    for title in ("Refunds", "Callbacks", "Escalation"):
        made = published(cast, cast.owner, drafted(cast, cast.owner, title=title, owner=cast.owner.pk))
        asked_to_sign(cast, cast.owner, made, DELIVERY, due_on=date(2026, 5, 1))
    client, url = signed_in(cast.delivery), of(cast, "to_sign")
    page = said(client.get(url))
    assert "3 versions wait for your signature" in page
    assert "To sign: 3" in said(client.get(of(cast, "documents")))
    assert client.post(url, {}).status_code == 422
    waiting = [one for title in ("Refunds", "Callbacks", "Escalation") for one in _titled(cast, title)]
    ticked = {"signature": [str(one.pk) for one in waiting]}
    preview = said(client.post(url, ticked))
    assert "Sign these?" in preview
    assert preview.count('name="sha256-') == 3
    digests = {f"sha256-{one.pk}": one.document_version.sha256 for one in waiting}
    digests[f"sha256-{waiting[1].pk}"] = "0" * 64
    given = ticked | digests | {"confirmed": "1"}
    assert client.post(url, given).status_code == 422
    done = said(client.post(url, given | {"has_read": "on"}, follow=True))
    assert "2 signed." in done
    assert "Callbacks: nothing is signed" in done
    assert "1 version waits for your signature" in done
    gone = client.post(url, {"signature": [str(waiting[0].pk)]})
    assert (gone.status_code, "waits for you no longer" in said(gone)) == (422, True)
    assert signed_in(cast.reader).post(url, ticked).status_code == 403


def _titled(cast: Cast, title: str) -> list[Signature]:
    actor = cast.actor(cast.delivery)
    with entered(actor.reach):
        return [one for one in to_sign(actor, cast.engagement.pk) if one.document_version.title == title]


def test_thirty_that_wait_cost_as_much_as_one(cast: Cast, document: Document) -> None:
    asked_to_sign(cast, cast.owner, document, DELIVERY)
    client = signed_in(cast.delivery)
    urls = [
        of(cast, "to_sign"),
        of(cast, "documents"),
        reverse("journeys:home"),
        url_of("document", document),
    ]

    def costs() -> list[int]:
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            found.append(len(asked))
        return found

    few = costs()
    for number in range(29):
        made = published(
            cast, cast.owner, drafted(cast, cast.owner, title=f"Guide {number}", owner=cast.owner.pk)
        )
        asked_to_sign(cast, cast.owner, made, DELIVERY, SPONSOR)
    assert costs() == few


def test_api_asks_signs_declines_withdraws_and_compares(cast: Cast, document: Document) -> None:
    def sent(person: Person, to: str, **given: object) -> tuple[int, object]:
        answer = signed_in(person).post(to, json.dumps(given), content_type="application/json")
        return answer.status_code, json.loads(answer.content or "null")

    one = f"/api/evidence/documents/{document.pk}"
    roles = [{"side": "provider", "role": "delivery-manager"}, {"side": "client", "role": "sponsor"}]
    status, made = sent(cast.owner, f"{one}/versions/1/sign-offs", signers=roles)
    assert (status, [row["state"] for row in made]) == (201, ["waiting"] * 2)
    assert sent(cast.owner, f"{one}/versions/1/sign-offs", signers=roles)[1]["code"] == "sign-off-stands"
    assert sent(cast.owner, f"{one}/versions/1/sign-offs", signers=[])[1]["code"] == "sign-off-refused"
    here = f"/api/evidence/engagements/{cast.engagement.pk}/signatures"
    (waiting,) = signed_in(cast.delivery).get(here).json()
    wrong = [{"id": waiting["id"], "sha256": "x"}]
    assert sent(cast.delivery, here, signatures=wrong)[1][0]["code"] == "signature-refused"
    path = f"/api/evidence/signatures/{waiting['id']}"
    assert sent(cast.delivery, f"{path}/refusal", reason="")[1]["code"] == "signature-refused"
    right = [{"id": waiting["id"], "sha256": waiting["version_sha256"]}]
    assert sent(cast.delivery, here, signatures=right)[1][0]["is_signed"] is True
    assert sent(cast.delivery, f"{path}/signing", sha256="x")[1]["code"] == "signature-answered"
    assert sent(cast.owner, f"{path}/signing", sha256="x")[0] == 403
    sponsor = next(row for row in made if row["role"] == "sponsor")
    assert (
        sent(cast.owner, f"/api/evidence/signatures/{sponsor['id']}/refusal", reason="Not yet")[1]["state"]
        == "declined"
    )
    assert (
        sent(cast.owner, f"/api/evidence/sign-offs/{sponsor['sign_off_id']}/withdrawal")[1]["code"]
        == "sign-off-ended"
    )
    told = signed_in(cast.delivery).get(f"{one}/signatures").json()
    assert sorted(row["state"] for row in told) == ["declined", "signed"]
    amended(cast, cast.owner, document, "# Refunds\n\nOther words.\n")
    compared = signed_in(cast.delivery).get(f"{one}/comparison").json()
    assert (compared["before"], compared["after"]) == (1, 0)
    assert signed_in(cast.delivery).get(f"{one}/comparison?after=9").status_code == 404
