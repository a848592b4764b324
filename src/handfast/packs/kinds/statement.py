"""The statement with its working: levels, credits, how each number came, who answered, and what it was made from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from handfast.contract.queries import parsed_terms, terms_for_month
from handfast.foundation.refusals import NotSeen
from handfast.operate.models import Statement
from handfast.operate.queries.computed import chosen_then
from handfast.operate.queries.statements import (
    check_belongs,
    current_statements,
    revisions_of,
    statement_seen_by,
)
from handfast.operate.web.pictures.statement_sentence import total_sentence
from handfast.operate.web.pictures.statement_view import statement_view
from handfast.operate.web.pictures.wording import UNITS, counted, month_text
from handfast.operate.web.showing import made_from, signatures_of, state_words, terms_words
from handfast.operate.web.workbook import book_of, number_of, statement_sheets
from handfast.packs.kinds.declared import Kind, Told
from handfast.packs.kinds.tables import cell_of, table_of
from handfast.packs.report import Column, Facts, Link, Page, Table, plain_instant
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.operate.queries.computed import Chosen
    from handfast.operate.web.pictures.statement_view import StatementView
    from handfast.operate.web.workbook import StatementBook
    from handfast.packs.kinds.declared import Asking
    from handfast.packs.report import Cell

TITLES = {
    "Levels": "How each figure came",
    "Adjustments": "Adjustments",
    "Revision causes": "What moved since the revision before",
    "Disputes": "Disputes",
}
NONE = {
    "Levels": "No level is measured.",
    "Adjustments": "No adjustment touches this month.",
    "Revision causes": "This is the first revision, or nothing moved.",
    "Disputes": "No line was disputed.",
}


@dataclass(frozen=True, slots=True)
class Month:
    """A statement with what its pages are told from."""

    actor: Actor
    deal: Engagement
    made: Statement
    body: Mapping[str, Any]
    chosen: Chosen
    path: str


def statement_told(asking: Asking) -> Told:
    """One revision as it was issued, with the answer that it has now. Raises NotSeen."""
    actor, deal = asking.actor, asking.deal
    found = statement_seen_by(actor, _id_of(asking.words.get("statement", "")))
    check_belongs(found.agreement, deal)
    body = json.loads(found.body)
    chosen = chosen_then(found.agreement, found.inputs, as_of=found.as_of)
    earlier = [
        json.loads(one.body) for one in current_statements(found.agreement) if one.period < found.period
    ]
    view = statement_view(body, parsed_terms(chosen.terms).first, earlier)
    path = reverse("operate:statement", args=[deal.pk, found.period]) + f"?revision={found.revision}"
    month = Month(actor, deal, found, body, chosen, path)
    return Told(
        f"Statement, {month_text(found.period)}, revision {found.revision}",
        path,
        (
            Page(title=view.title, sentence=view.said, parts=(_levels(month, view),), path=path),
            *_working(month),
            _answers(month),
        ),
    )


def _id_of(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise NotSeen from None


def _levels(month: Month, view: StatementView) -> Table:
    """As on the page; each level leads back to its explanation."""
    body = month.body
    owed = {line["level"]: line for line in body["consequence"]["lines"]} if body["consequence"] else {}
    levels = {level["id"]: level for level in body["levels"]}
    last = view.heads[1] or "Points"
    heads = (
        Column(name="Service level", share=6), Column(name="n", is_number=True, share=2),
        Column(name="Measured", is_number=True, share=3), Column(name=view.minimum_word, is_number=True, share=3),
        Column(name=view.expected_word, is_number=True, share=3), Column(name="Verdict", share=3),
        Column(name=view.heads[0] or "Working", share=5), Column(name=last, is_number=True, share=3),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for row in (row for group in view.groups for row in group.rows):
        level, line = levels[row.id], owed.get(row.id)
        unit = UNITS[level["unit"]]
        explained = reverse("operate:level", args=[month.deal.pk, month.made.pk, row.id])
        number = number_of(level["denominator"] or level["n"])
        credit = None if line is None else number_of(line["credit" if "credit" in line else "points"])
        rows.append(
            (
                Link(said=row.name, path=explained), cell_of(number), cell_of(number_of(level["value"], unit)),
                cell_of(number_of(level["minimum"], unit)), cell_of(number_of(level["expected"], unit)), row.verdict,
                ", ".join(part for part in (row.working, row.working_more) if part), cell_of(credit),
            )
        )  # fmt: skip
    totals = _totals(body, view)
    title = f"{len(levels)} service levels" if len(levels) != 1 else "One service level"
    return Table(
        title=title, columns=heads, rows=(*rows, *totals), totals=len(totals), note=total_sentence(body)
    )


def _totals(body: Mapping[str, Any], view: StatementView) -> list[tuple[Cell, ...]]:
    consequence = body["consequence"]
    if consequence is None:
        return []
    credit = consequence.get("credit")
    total = number_of(consequence["points"] if consequence["regime"] == "points" else credit)
    return [(view.total_label, None, None, None, None, "", "", cell_of(total))]


def _working(month: Month) -> list[Page]:
    book = book_of(month.actor, month.deal, month.made, month.chosen)
    sentences = _sentences(book, month.body)
    return [
        Page(
            title=TITLES[sheet.title],
            sentence=sentences[sheet.title],
            parts=(table_of(sheet, none=NONE[sheet.title]),),
            path=month.path,
            is_continued=sheet.title != "Levels",
        )
        for sheet in statement_sheets(book)
        if sheet.title in TITLES
    ]


def _sentences(book: StatementBook, body: Mapping[str, Any]) -> dict[str, str]:
    counted_of = sum(int(level["n"] or 0) for level in body["levels"])
    left_out = sum(int(level["left_out"] or 0) for level in body["levels"])
    accepted = sum(one.state == one.State.ACCEPTED for one in book.adjustments)
    standing = sum(one.withdrawn_at is None for _, one in book.disputes)
    figures = counted(len(body["levels"]), "figure")
    return {
        "Levels": f"{figures} rest{'s' if len(body['levels']) == 1 else ''} on {counted(counted_of, 'count')}; {left_out:,} left out.",
        "Adjustments": f"{counted(len(book.adjustments), 'adjustment')}, {accepted:,} accepted by both.",
        "Revision causes": f"{counted(len(book.causes), 'cause')} moved what the revision before it said.",
        "Disputes": f"{counted(len(book.disputes), 'dispute')}, {standing:,} standing.",
    }


def _answers(month: Month) -> Page:
    """Who signed and when, and the digests of what the month was made from."""
    made, body, chosen = month.made, month.body, month.chosen
    names = names_seen_by(month.actor, [made.issued_by_id, made.answered_by_id])
    latest = terms_for_month(made.agreement, made.period)
    is_agreed = any(one.state == Statement.State.AGREED for one in revisions_of(made))
    inputs = made_from(body, chosen, terms_words(chosen.terms, latest, is_agreed=is_agreed))
    digests = body["inputs"]
    signed = Facts(
        title="Answers",
        rows=tuple(
            (
                one.organisation,
                ", ".join(part for part in (one.name, one.state, one.instant) if part)
                if one.name
                else one.instant or one.state,
            )
            for one in signatures_of(made, month.deal, names)
        ),
    )
    named = [("Statement", made.digest), ("Terms", digests["terms"]), ("Calendars", digests["annex"])]
    named += [("Adjustments", digests["adjustments"])]
    named += [(f"Records, {key}", digest) for key, digest in sorted(digests["records"].items())]
    made_of = Facts(
        title="Made from",
        rows=(
            ("As of", plain_instant(made.as_of)), ("Issued", plain_instant(made.issued_at)),
            ("Rules", body["rules_version"]), ("Zone", body["period"]["zone"]),
            *((one.name, one.said) for one in inputs),
        ),
    )  # fmt: skip
    digest = Facts(title="SHA-256", rows=tuple((name, said or "none") for name, said in named))
    sentence = f"{state_words(made, month.deal)}; whoever has the inputs computes the same."
    return Page(
        title="Answers and inputs", sentence=sentence, parts=(signed, made_of, digest), path=month.path
    )


STATEMENT = Kind(
    key="statement",
    name="Statement with its working",
    purpose="One month as it was issued: levels, credits, how each figure came, answers and digests.",
    asks=("statement",),
    telling=statement_told,
)
