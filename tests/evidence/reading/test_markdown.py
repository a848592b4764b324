"""Whatever somebody writes in a document, it is shown as text or as plain Markdown: nothing runs, nothing loads, time is bounded."""

from __future__ import annotations

import pytest
from tests.hostile.markup import faults_in
from tests.hostile.payloads import payloads

from handfast.evidence.reading.markdown import MARK, is_safe_link, rendered
from handfast.evidence.reading.written import LONGEST_DOCUMENT, tidy_text

UNSAFE = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "vbscript:x", "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/png;base64,AAAA", "file:///etc/passwd", "http://plain.example/", "//evil.example/", "https://", "blob:x",
    "&#106;avascript:alert(1)", "mailto:", "ftp://x.example",
)  # fmt: skip


def shown(text: str) -> str:
    return rendered(text).with_marks(lambda _: "")


@pytest.mark.parametrize("address", UNSAFE)
@pytest.mark.parametrize("written", ["[x]({})", "![x]({})", "<{}>", "[x][1]\n\n[1]: {}\n"])
def test_link_to_what_runs_or_is_not_encrypted_is_no_link(address: str, written: str) -> None:
    html = shown(written.format(address))
    assert "href" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "address", ["https://wiki.example/a?b=1#c", "mailto:a@b.example", "#refunds", "/engagements/"]
)
def test_link_that_may_be_followed_is_one(address: str) -> None:
    assert is_safe_link(address)
    assert "<a href=" in shown(f"[x]({address})")


def test_link_that_leads_away_vouches_for_nothing() -> None:
    assert 'rel="nofollow noopener noreferrer"' in shown("[x](https://wiki.example/)")


def test_raw_html_is_text_and_a_picture_is_its_words() -> None:
    html = shown("<script>x</script>\n\n<img src=x onerror=y>\n\n![a cat](https://x.example/c.png)\n")
    assert "<script" not in html
    assert "<img" not in html
    assert "[picture: a cat]" in html
    assert faults_in(html) == []


def test_five_hundred_payloads_are_text_wherever_they_stand() -> None:
    for payload in payloads(500):
        for around in (
            "{}",
            "# {}",
            "- {}",
            "> {}",
            "[{}](https://x.example)",
            '[x](https://x.example "{}")',
            "```{}\n{}\n```",
            "| a |\n|-|\n| {} |",
        ):
            assert faults_in(shown(tidy_text(around.replace("{}", payload)))) == [], (around, payload)


@pytest.mark.parametrize(
    "unit",
    ["[", "![", "](", "[](", "[x](", "<", "<a ", "<!--", "&", "`", "``` ", "*", "*a_", "**a *b ", "_a", "~", "\\", "> ", ">", "- ", "1. ", "# ", "|", "|-", "a\n=\n", "[a]: x\n",
     "[a", "<https:", "> - ", "* * "],
)  # fmt: skip
def test_longest_text_of_one_sign_is_shown_in_bounded_time(unit: str) -> None:
    text = (unit * LONGEST_DOCUMENT)[: LONGEST_DOCUMENT // 4]
    html = shown(text)
    assert faults_in(html) == []
    assert len(html) < 30 * len(text) + 1000


def test_mark_of_a_passage_cannot_be_written() -> None:
    forged = rendered("&#2;7&#3; &#x02;7&#x03;\n")
    assert MARK.findall(forged.html) == ["1"]


def test_headings_are_anchored_once_each_and_stand_below_the_page_s_own() -> None:
    read = rendered("# Refunds\n\n## Who *decides*?\n\n# Refunds\n\n###### Deep\n")
    assert [one.anchor for one in read.headings] == ["s-refunds", "s-who-decides", "s-refunds-2", "s-deep"]
    assert [one.level for one in read.headings] == [1, 2, 1, 6]
    assert '<h2 id="s-refunds">' in read.html
    assert "<h1" not in read.html


def test_each_paragraph_item_table_and_code_is_a_passage_with_its_source() -> None:
    read = rendered("# A\n\nOne\ntwo.\n\n- x\n- y\n\n```\ncode\n```\n\n| a |\n|-|\n| 1 |\n")
    assert [one.text for one in read.passages] == [
        "# A", "One\ntwo.", "- x", "- y", "```\ncode\n```", "| a |\n|-|\n| 1 |",
    ]  # fmt: skip
    assert MARK.findall(read.html) == ["1", "2", "3", "4", "5", "6"]


def test_text_has_one_form_and_so_one_digest() -> None:
    assert tidy_text("a\r\nb\r") == tidy_text("\na\nb\n\n") == "a\nb\n"
    assert tidy_text(" \n ") == ""
