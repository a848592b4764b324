"""`handfast receive`: takes in mail that answers a mail of ours, as a mail server hands it over."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from handfast.cli.opening import open_house
from handfast.kernel.refusal import Refusal

EXIT_LATER = 75  # EX_TEMPFAIL: the mail server keeps the mail and tries again


class NoMaildir(Refusal):
    """A folder that is no maildir."""

    code = "no-maildir"


def receive(
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="ADDRESS", help="The address it was delivered to, as the envelope says."
        ),
    ] = "",
    maildir: Annotated[
        Path | None,
        typer.Option("--maildir", metavar="FOLDER", help="Take in all that is new in this maildir instead."),
    ] = None,
) -> None:
    """Take one mail from standard input as the answer to a mail of ours; one that is refused is dropped, and logged."""
    open_house()
    if maildir is None:
        from handfast.journeys.answering.letters import MOST_BYTES

        _taken(sys.stdin.buffer.read(MOST_BYTES + 1), to)
        return
    if not (maildir / "new").is_dir() or not (maildir / "cur").is_dir():
        raise NoMaildir(f"{maildir}: has no folders new and cur: name a maildir")
    for one in sorted((maildir / "new").iterdir()):
        _taken(_read(one), "")
        one.rename(maildir / "cur" / f"{one.name.partition(':')[0]}:2,S")


def _read(path: Path) -> bytes:
    from handfast.journeys.answering.letters import MOST_BYTES

    with path.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _taken(raw: bytes, to: str) -> None:
    """Never an answer to the mail server, which would send it to whoever claims to have written."""
    import logging

    from handfast.journeys.answering.taking import take_in

    try:
        take_in(raw, at=datetime.now(UTC), envelope=to)
    except Refusal as refusal:
        logging.getLogger("handfast.answers").info(
            "a mail of %s bytes is refused: %s", len(raw), refusal.code
        )
    except Exception:
        logging.getLogger("handfast.answers").exception("a mail could not be taken in: it is tried again")
        raise typer.Exit(EXIT_LATER) from None
