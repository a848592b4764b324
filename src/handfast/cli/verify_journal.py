"""`handfast verify-journal`: walks the chain of each space, and holds it against a head that somebody kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from handfast.cli.opening import open_house
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from handfast.foundation.journal import ChainVerdict

EXIT_NO = 1
HEX_DIGITS = 64


class WrongHead(Refusal):
    """A head that is no SHA-256, or that does not say of which space."""

    code = "wrong-head"


def verify_journal(
    space: Annotated[UUID | None, typer.Option("--space", help="Only this space; default: all.")] = None,
    head: Annotated[
        str | None, typer.Option("--head", help="A head from an earlier mail, 64 hex digits; needs --space.")
    ] = None,
) -> None:
    """Walk the journal's chains; the first entry that does not hold is named (exit code 1)."""
    if head is not None and (len(head) != HEX_DIGITS or set(head) - set("0123456789abcdef")):
        raise WrongHead("--head: a head is 64 hex digits, as the daily mail shows it")
    if head is not None and space is None:
        raise WrongHead("--head: say with --space of which space it is the head; the mail names it")
    open_house()
    verdicts = _verdicts(space, head)
    for one, verdict in verdicts:
        typer.echo(f"{one}: {_told(verdict)}")
    broken = sum(not verdict.is_whole for _, verdict in verdicts)
    typer.echo(f"{len(verdicts)} chains, {broken} broken")
    if broken:
        raise typer.Exit(EXIT_NO)


def _verdicts(space: UUID | None, head: str | None) -> list[tuple[UUID, ChainVerdict]]:
    """Each space is walked within a reach of its own: who runs this command has the database in hand anyway."""
    from handfast.foundation.journal import verified
    from handfast.foundation.models import Space
    from handfast.foundation.refusals import NotSeen
    from handfast.foundation.scope import Reach, entered

    known = Space.objects.order_by("id").values_list("id", flat=True)
    if space is not None and space not in known:
        raise NotSeen(f"--space: there is no space {space}")
    found = []
    for one in [space] if space else known:
        with entered(Reach(frozenset({one}))):
            found.append((one, verified(one, head=head)))
    return found


def _told(verdict: ChainVerdict) -> str:
    erased = f", {verdict.erased} erased" if verdict.erased else ""
    if verdict.is_whole:
        return f"whole, {verdict.entries} entries{erased}, head {verdict.head}"
    return f"BROKEN at entry {verdict.broken_at}: {verdict.said}"
