"""A mail counts as its person's only from their one address, by hand, and where asked for with the server's word."""

from __future__ import annotations

import pytest

from handfast.journeys.answering.letters import Letter
from handfast.journeys.answering.senders import check_sender, check_written_by_hand, sender_of
from handfast.journeys.refusals import AnswerAutomatic, AnswerNotYours, AnswerUnproven

ME, SERVER = "jovana@danubecare.example", "mx.danubecare.example"


def letter(*headers: tuple[str, str]) -> Letter:
    return Letter(headers, "", has_files=False, is_too_big=False, digest="")


@pytest.mark.parametrize(
    "named",
    [
        ME,
        f"<{ME}>",
        f"Jovana <{ME.upper()}>",
        f'"Petrović, Jovana (ops)" <{ME}>',
        f'"x@y.example" <{ME}>',
        f"=?utf-8?q?J?= <{ME}>",
    ],
)
def test_address_of_the_person_is_found_in_every_form(named: str) -> None:
    assert sender_of(letter(("from", named))) == ME


@pytest.mark.parametrize(
    "named",
    [
        "", "Jovana", f"{ME}, other@x.example", f"{ME} <other@x.example>", f"<{ME}> <other@x.example>", f'"{ME}" <other@x.example>',
        f"{ME}.evil.example", f"other+{ME}", "(" * 5_000 + ME, f"group: {ME}, other@x.example;",
    ],
)  # fmt: skip
def test_any_other_form_is_not_the_person(named: str) -> None:
    with pytest.raises(AnswerNotYours):
        check_sender(letter(("from", named)), ME, "") if not named.startswith("(") else check_sender(
            letter(("from", named), ("from", named)), ME, ""
        )


@pytest.mark.parametrize("name", ["resent-from", "resent-sender", "from"])
def test_mail_that_was_sent_on_or_names_two_writers_is_not_theirs(name: str) -> None:
    with pytest.raises(AnswerNotYours):
        check_sender(letter(("from", ME), (name, ME)), ME, "")


@pytest.mark.parametrize(
    "header",
    [
        ("auto-submitted", "auto-replied"), ("auto-submitted", "auto-generated; x=1"), ("precedence", "Bulk"), ("return-path", "<>"),
        ("return-path", "< >"), ("list-id", "<l.example>"), ("x-auto-response-suppress", "All"), ("x-autoreply", "yes"),
        ("content-type", "multipart/report; report-type=delivery-status"), ("x-failed-recipients", ME), ("list-unsubscribe", "<x>"),
    ],
)  # fmt: skip
def test_what_a_program_wrote_is_refused(header: tuple[str, str]) -> None:
    with pytest.raises(AnswerAutomatic):
        check_written_by_hand(letter(("from", ME), header))


def test_what_a_person_wrote_is_not() -> None:
    by_hand = (("auto-submitted", "no"), ("return-path", f"<{ME}>"), ("content-type", "text/plain"))
    check_written_by_hand(letter(("from", ME), *by_hand))
    assert sender_of(letter(("from", ME), *by_hand)) == ME


def proven(*results: str) -> bool:
    try:
        check_sender(letter(("from", ME), *(("authentication-results", one) for one in results)), ME, SERVER)
    except AnswerUnproven:
        return False
    return True


@pytest.mark.parametrize(
    "result",
    [
        "dmarc=pass (p=reject) header.from=danubecare.example",
        "spf=fail smtp.mailfrom=x.example; dkim=pass header.i=@danubecare.example header.s=a",
        "dkim=pass header.d=DanubeCare.example",
        "spf=pass smtp.mailfrom=jovana@danubecare.example",
    ],
)
def test_word_of_the_server_for_the_same_domain_is_proof(result: str) -> None:
    assert proven(f"{SERVER}; {result}")
    assert proven(f"{SERVER} 1; {result}")


@pytest.mark.parametrize(
    "result",
    [
        f"{SERVER}; none", f"{SERVER}; dkim=fail header.d=danubecare.example", f"{SERVER}; dkim=pass header.d=evil.example",
        f"{SERVER}; dkim=pass header.d=example", f"{SERVER}; spf=pass smtp.mailfrom=evil.example",
        f"{SERVER}; dmarc=pass header.from=evil.example", "mx.evil.example; dmarc=pass header.from=danubecare.example",
        f"{SERVER}.evil.example; dmarc=pass header.from=danubecare.example", "", ";", f"{SERVER}",
        f"{SERVER}; dkim=fail (dkim=pass header.d=danubecare.example) header.d=x.example",
        f"{SERVER}; dkim=passed header.d=danubecare.example", f"{SERVER}; spf=pass header.d=danubecare.example",
        f"{SERVER}; dkim=pass header.d=evildanubecare.example",
    ],
)  # fmt: skip
def test_anything_less_is_none(result: str) -> None:
    assert not proven(result)


def test_only_the_topmost_result_of_the_server_counts() -> None:
    false, true = (
        f"{SERVER}; dmarc=fail header.from=danubecare.example",
        f"{SERVER}; dmarc=pass header.from=danubecare.example",
    )
    assert not proven(false, true)
    assert proven("other.example; none", true)
    assert not proven()
