"""From whom a mail says it is, whether a program wrote it, and whether the receiving server stands for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handfast.journeys.refusals import AnswerAutomatic, AnswerNotYours, AnswerUnproven

if TYPE_CHECKING:
    from handfast.journeys.answering.letters import Letter

BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
OF_PROGRAMS = (
    "list-id", "list-unsubscribe", "x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-failed-recipients",
)  # fmt: skip
IN_QUOTES = re.compile(r'"(?:[^"\\]|\\.)*"')
AN_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+")
IN_COMMENTS = re.compile(r"\([^()]*\)")
A_RESULT = re.compile(r"^\s*(dmarc|dkim|spf)\s*=\s*pass\b(.*)$", re.IGNORECASE)
A_PROPERTY = re.compile(
    r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE
)
OF = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def check_written_by_hand(letter: Letter) -> None:
    """Raises AnswerAutomatic: whoever answers programs begins a loop."""
    submitted = [one.partition(";")[0].strip().lower() for one in letter.all("auto-submitted")]
    is_bulk = any(one.lower() in BULK for one in letter.all("precedence"))
    is_bounce = any(one.replace(" ", "") == "<>" for one in letter.all("return-path"))
    is_report = any(one.lower().startswith("multipart/report") for one in letter.all("content-type"))
    named = any(letter.all(name) for name in OF_PROGRAMS)
    if any(one != "no" for one in submitted) or is_bulk or is_bounce or is_report or named:
        raise AnswerAutomatic("a program wrote it")


def check_sender(letter: Letter, email: str, server: str) -> None:
    """It comes from the person's address alone; with a `server` (its authserv-id), that one says so.

    Raises AnswerNotYours, AnswerUnproven.
    """
    if sender_of(letter) != email.casefold():
        raise AnswerNotYours("it comes from another address than the one that was written to")
    if server and not _is_proven(letter, email.rpartition("@")[2].casefold(), server):
        raise AnswerUnproven(
            f"{server} does not say that it passed DMARC, DKIM or SPF for its sender's domain"
        )


def sender_of(letter: Letter) -> str:
    """The one address it is from; empty where it names none or several, or was sent on by somebody."""
    named = letter.all("from")
    if len(named) != 1 or letter.all("resent-from") or letter.all("resent-sender"):
        return ""
    found = AN_ADDRESS.findall(IN_QUOTES.sub(" ", named[0]))
    return found[0].casefold() if len(found) == 1 else ""


def _is_proven(letter: Letter, domain: str, server: str) -> bool:
    """By the topmost result of that server: it takes away those of its name that came from outside (RFC 8601)."""
    for value in letter.all("authentication-results"):
        bare = IN_COMMENTS.sub(" ", value)
        name, _, results = bare.partition(";")
        if (name.split() or [""])[0].casefold() == server.casefold():
            return any(_passes(one, domain) for one in results.split(";"))
    return False


def _passes(result: str, domain: str) -> bool:
    found = A_RESULT.match(result)
    if found is None:
        return False
    wanted = OF[found[1].lower()]
    held = [(key.lower(), value.rpartition("@")[2].casefold()) for key, value in A_PROPERTY.findall(found[2])]
    return any(key in wanted and _is_of(domain, value) for key, value in held)


def _is_of(domain: str, proven: str) -> bool:
    """The same domain, or one below it; a domain of one word proves nothing."""
    return domain == proven or ("." in proven and domain.endswith(f".{proven}"))
