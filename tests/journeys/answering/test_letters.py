"""A mail is read whatever is in it: what no mail program sends is refused, never a fault of ours."""

from __future__ import annotations

from email.message import EmailMessage
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handfast.journeys.answering.letters import MOST_BYTES, read_letter
from handfast.journeys.refusals import AnswerUnreadable

HEAD = b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\n"


def test_headers_are_on_one_line_each_and_in_order() -> None:
    letter = read_letter(HEAD + b"Subject: one\r\n two\r\nX-A: 1\r\nX-A: 2\r\n\r\nBody\r\n")
    assert letter.all("subject") == ["one two"]
    assert letter.all("x-a") == ["1", "2"]
    assert (letter.text.strip(), letter.has_files, letter.is_too_big) == ("Body", False, False)


def test_plain_text_is_preferred_to_its_html_and_a_file_is_told() -> None:
    made = EmailMessage()
    made.set_content("Plain words")
    made.add_alternative("<p>Rich words</p>", subtype="html")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    letter = read_letter(made.as_bytes())
    assert (letter.text.strip(), letter.has_files) == ("Plain words", True)


def test_html_alone_is_read_as_text_without_what_nobody_sees() -> None:
    page = b"<html><head><title>T</title><style>p{}</style></head><body><p>One &amp; two</p><div>three<br>four</div><script>x()</script><blockquote>old</blockquote></body>"
    letter = read_letter(HEAD + b"Content-Type: text/html\r\n\r\n" + page)
    assert letter.text.split("\n") == ["One & two", "", "three", "four", "", "> old"]


def test_logo_of_a_signature_is_no_attachment() -> None:
    made = EmailMessage()
    made.set_content("Words")
    made.add_alternative("<p>Words</p><img src='cid:x'>", subtype="html")
    rich = made.get_payload()[1]
    rich.add_related(b"png", "image", "png", cid="<x>")
    assert not read_letter(made.as_bytes()).has_files


def test_mail_within_the_mail_is_a_file_and_not_read() -> None:
    inner, made = EmailMessage(), EmailMessage()
    inner.set_content("Inner words")
    made.set_content("Outer words")
    made.add_attachment(inner)
    letter = read_letter(made.as_bytes())
    assert (letter.text.strip(), letter.has_files) == ("Outer words", True)


@pytest.mark.parametrize(
    "charset", ["utf-9", "unknown-8bit", "rot13", "zlib", "base64", "x" * 500, "utf-16", "idna", ""]
)
def test_false_charset_loses_no_word(charset: str) -> None:
    raw = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + b"Caf\xc3\xa9 words\r\n"
    assert "words" in read_letter(raw).text or charset == "utf-16"


def test_controls_and_turned_directions_are_left_out() -> None:
    raw = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "a\0b\x1b[2Jc\u202ed\u0085e".encode()
    assert read_letter(raw).text.strip() == "ab[2Jcde"


def test_line_that_was_broken_to_flow_is_one_again() -> None:
    raw = HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\nOne \r\nline\r\n> old \r\n-- \r\nMe\r\n"
    assert read_letter(raw).text.split("\n") == ["One line", "> old ", "-- ", "Me"]


def nested(depth: int) -> bytes:
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth)
    )
    return HEAD + opened + b"Content-Type: text/plain\r\n\r\nhere\r\n"


def test_parts_within_parts_are_read_to_a_bound_and_then_refused_at_once() -> None:
    assert read_letter(nested(15)).text.strip() == "here"
    for depth in (60, 5_000):
        with pytest.raises(AnswerUnreadable):
            read_letter(nested(depth))


@pytest.mark.parametrize("head", [b"X-A: 1\r\n" * 2_000, b"To: " + b"a@b.example, " * 500_000 + b"\r\n"])
def test_headers_without_end_are_refused_or_cut(head: bytes) -> None:
    begun = process_time()
    try:
        letter = read_letter(HEAD + head + b"\r\nwords")
    except AnswerUnreadable:
        pass
    else:
        assert all(len(value) <= 16_000 for _, value in letter.headers)
    assert process_time() - begun < 30


def test_five_hundred_header_lines_are_a_mail() -> None:
    assert len(read_letter(HEAD + b"Received: from a\r\n" * 500 + b"\r\nwords").headers) == 502


def test_what_is_too_big_is_read_no_further_than_its_headers() -> None:
    letter = read_letter(HEAD + b"\r\n" + b"words\r\n" * (MOST_BYTES // 7 + 2))
    assert (letter.is_too_big, letter.text) == (True, "")
    assert letter.all("from") == ["a@b.example"]


def test_mail_without_an_id_is_known_by_all_of_itself() -> None:
    one, other = read_letter(b"From: a@b\r\n\r\none"), read_letter(b"From: a@b\r\n\r\nother")
    assert one.digest != other.digest
    assert read_letter(HEAD + b"\r\none").digest == read_letter(HEAD + b"\r\nother").digest


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_are_a_fault(tail: bytes) -> None:
    for head in (
        b"",
        HEAD,
        HEAD + b"Content-Type: text/html; charset=",
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n",
    ):
        try:
            letter = read_letter(head + tail)
        except AnswerUnreadable:
            continue
        assert letter.text.encode().decode() == letter.text
