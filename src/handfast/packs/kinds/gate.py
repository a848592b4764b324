"""A gate for the go/no-go meeting: what keeps it shut, every criterion with its evidence, waivers, and what was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.engagement.queries import names_of_sides
from handfast.foundation.refusals import NotSeen
from handfast.governance.web.rows import people_of, seeing
from handfast.packs.kinds.declared import Kind, Told
from handfast.packs.report import Column, Day, Facts, Instant, Link, Page, Table
from handfast.readiness.queries.costs import NOTHING, costs_of
from handfast.readiness.queries.readiness import readiness_of
from handfast.readiness.web.rows import blockers_of, gate_row, persons_in
from handfast.readiness.web.sentence import sentence_of
from handfast.readiness.web.signing import signing_of

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.packs.kinds.declared import Asking
    from handfast.packs.report import Cell
    from handfast.readiness.queries.readiness import GateStanding
    from handfast.readiness.web.rows import Blocker, GateRow
    from handfast.readiness.web.signing import Signing


def gate_told(asking: Asking) -> Told:
    """One gate as it stands at the instant that it is asked for. Raises NotSeen."""
    actor, deal, at = asking.actor, asking.deal, asking.at
    found = readiness_of(actor, deal, at=at)
    standing = next((one for one in found.gates if str(one.gate.pk) == asking.words["gate"]), None)
    if standing is None:
        raise NotSeen
    seen = seeing(actor, deal, people_of(actor, deal), persons_in(found), found.today)
    row = gate_row(standing, seen, deal, found.at)
    costs = NOTHING if standing.gate.is_passed else costs_of(deal, standing.blocking, found.today)
    blockers = [] if standing.gate.is_passed else blockers_of(row.rows, costs)
    path = reverse("readiness:gate", args=[deal.pk, standing.gate.pk])
    sentence = sentence_of(standing, blockers, costs)
    signing = signing_of(actor, deal, standing, seen, zone=deal.zone)
    names = names_of_sides(deal)
    pages = (
        Page(
            title=f"{standing.gate.name}: go or no-go", sentence=sentence, path=path,
            parts=(_blockers(blockers, deal.pk), _signatures(signing, names)),
        ),
        Page(title="Criteria", sentence=sentence, path=path, parts=(_criteria(row, deal.pk), _waivers(standing, deal.pk))),
        *_decided(signing, sentence, path),
    )  # fmt: skip
    return Told(f"Go/no-go, {standing.gate.name}", path, pages)


def _blockers(blockers: list[Blocker], deal: UUID) -> Table:
    columns = (
        Column(name="Criterion", share=6), Column(name="Needs"), Column(name="Now"),
        Column(name="What is missing", share=5), Column(name="Owner", share=3), Column(name="Costs the go-live", share=3),
    )  # fmt: skip
    rows = tuple(
        (
            Link(
                said=f"{one.row.judged.criterion.name}, {one.row.judged.criterion.text}",
                path=reverse("readiness:criterion", args=[deal, one.row.judged.criterion.pk]),
            ),
            one.row.needs, one.row.now, one.why, one.row.owner or "nobody yet", _days(one),
        )
        for one in blockers
    )  # fmt: skip
    return Table(title="What keeps it shut", columns=columns, rows=rows, none="Nothing keeps it shut.")


def _days(one: Blocker) -> str:
    if one.days is None:
        return "not in the plan"
    least = "at least " if one.is_least and one.days else ""
    return f"{least}{one.days} working day{'' if one.days == 1 else 's'}"


def _signatures(signing: Signing, names: dict[str, str]) -> Facts:
    rows: list[tuple[str, Cell]] = []
    if signing.decision is not None:
        rows += [
            ("Decision", signing.decision.get_outcome_display()),
            ("Frozen", Instant(at=signing.decision.opened_at)),
            ("SHA-256 of what is signed", signing.decision.sha256),
        ]
    for box in signing.boxes:
        said = f"{box.who}, {box.role}, {box.signed}" if box.signed else f"not signed; {box.role} signs"
        rows.append((names.get(box.side, box.side), said))
    if signing.released:
        rows.append(("Released by this gate", signing.released))
    return Facts(title="Signatures", rows=tuple(rows))


def _criteria(row: GateRow, deal: UUID) -> Table:
    columns = (
        Column(name="Criterion", share=6), Column(name="Needs"), Column(name="Now"), Column(name="Standing"),
        Column(name="Blocks"), Column(name="Evidence", share=4), Column(name="Owner", share=3),
        Column(name="Fresh", is_on_paper=False),
    )  # fmt: skip
    rows = tuple(
        (
            Link(
                said=f"{one.judged.criterion.name}, {one.judged.criterion.text}",
                path=reverse("readiness:criterion", args=[deal, one.judged.criterion.pk]),
            ),
            one.needs, one.now, one.word, "yes" if one.judged.criterion.is_blocking else "no", one.evidence,
            one.owner or "nobody yet", one.fresh or "now",
        )
        for one in row.rows
    )  # fmt: skip
    return Table(title="", columns=columns, rows=rows, none="Nothing is asked.", is_on_slides=False)


def _waivers(standing: GateStanding, deal: UUID) -> Table:
    columns = (
        Column(name="Waiver"), Column(name="Criterion", share=4), Column(name="Reason", share=4),
        Column(name="Risk", share=4), Column(name="Until then", share=4), Column(name="Last day"),
    )  # fmt: skip
    rows = tuple(
        (
            one.waiver.name, Link(said=one.criterion.name, path=reverse("readiness:criterion", args=[deal, one.criterion.pk])),
            one.waiver.reason, one.waiver.risk, one.waiver.until_then, Day(on=one.waiver.expires_on),
        )
        for one in standing.judged
        if one.waiver is not None and one.waiver.state == "approved"
    )  # fmt: skip
    return Table(title="Waived by both", columns=columns, rows=rows, none="Nothing is waived.")


def _decided(signing: Signing, sentence: str, path: str) -> tuple[Page, ...]:
    if not signing.conditions:
        return ()
    columns = (
        Column(name="Condition", share=6),
        Column(name="Owner", share=3),
        Column(name="By"),
        Column(name="Stands"),
    )
    rows = tuple(
        (
            one.text,
            owner,
            Day(on=one.due_on),
            "fulfilled" if one.fulfilled_at else "late" if is_late else "open",
        )
        for one, owner, is_late in signing.conditions
    )
    return (
        Page(
            title="Conditions",
            sentence=sentence,
            path=path,
            parts=(Table(title="", columns=columns, rows=rows),),
        ),
    )


GATE = Kind(
    key="gate",
    name="Go/no-go",
    purpose="A gate for the meeting: what keeps it shut, every criterion with its evidence, and what was signed.",
    asks=("gate",),
    telling=gate_told,
)
