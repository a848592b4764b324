"""The addresses at which one mail can be answered, and whose they are."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from handfast.journeys.models import AnswerKey
from handfast.journeys.refusals import AnswerExpired, AnswerUnaddressed
from handfast.people.models import lasting, proven
from handfast.people.queries import letters_made, secret_digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

LASTS = timedelta(days=14)
MOST_ANSWERS = 20


def answer_secret(key: UUID) -> str:
    """Made again from the row's id whenever it is mailed, so that it is kept nowhere."""
    return letters_made("journeys.answer", key)


def answer_address(key: UUID) -> str:
    """Where the mail is answered: `answers+SECRET@handfast.lumen.example`; empty where no mail is taken in."""
    local, _, domain = (settings.HANDFAST_ANSWER_ADDRESS or "").partition("@")
    return f"{local}+{answer_secret(key)}@{domain}" if domain else ""


def key_addressed(addresses: Iterable[str]) -> AnswerKey:
    """The one whose address stands among these headers. Raises AnswerUnaddressed for none, for several, for one that is not known."""
    local, _, domain = (settings.HANDFAST_ANSWER_ADDRESS or "").partition("@")
    pattern = rf"(?<![\w.+-]){re.escape(local)}\+([a-z2-7]{{32}})@{re.escape(domain)}(?![\w.-])"
    found = {secret.lower() for one in addresses for secret in re.findall(pattern, one, re.IGNORECASE)}
    if not domain or len(found) != 1:
        raise AnswerUnaddressed("no answer is awaited where it was sent to")
    digest = secret_digest(found.pop())
    known = AnswerKey.objects.select_related("membership__person", "membership__organisation")
    mine = known.filter(lasting("membership__"), proven("membership__"), digest=digest)
    key = mine.filter(membership__person__is_active=True).first()
    if key is None:
        raise AnswerUnaddressed("no answer is awaited where it was sent to")
    return key


def key_in_force(secret: str, at: datetime) -> AnswerKey | None:
    """The one with this secret, while it and its membership last and its person may sign in."""
    known = AnswerKey.objects.select_related("membership__person", "membership__organisation")
    return known.filter(
        lasting("membership__"),
        proven("membership__"),
        digest=secret_digest(secret),
        expires_at__gt=at,
        membership__person__is_active=True,
    ).first()


def check_lasts(key: AnswerKey, *, at: datetime) -> None:
    """Raises AnswerExpired."""
    if at >= key.expires_at or len(key.answers) >= MOST_ANSWERS:
        raise AnswerExpired(
            f"the address lasted {LASTS.days} days and {MOST_ANSWERS} answers: answer on the page"
        )
