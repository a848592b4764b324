"""Mail, as every room sends it: one plain text to one address, the same by its Message-ID however often it goes."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.mail import EmailMessage

ID_LETTERS = 32


def send_mail(  # noqa: PLR0913 - what a mail has
    address: str, subject: str, body: str, *, key: str, settings_link: str = "", answered_at: str = ""
) -> None:
    """Send it now: asked by workers only. What people wrote may stand in the subject, which stays one line.

    `settings_link` is the page, behind the sign-in, where the reader says that they want no such mail; `answered_at`
    is the address at which this one mail can be answered.
    """
    headers = {"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"}
    if settings_link:
        headers["List-Unsubscribe"] = f"<{settings_link}>"
    reply_to = [answered_at] if answered_at else None
    EmailMessage(
        subject=header_line(subject), body=body, to=[address], reply_to=reply_to, headers=headers
    ).send()


def header_line(text: str) -> str:
    """The text without anything that a header cannot hold: no other line begins in it."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def message_id(key: str) -> str:
    """The same for the same task, and nothing of the task can be read from it."""
    host = settings.HANDFAST_ADDRESS.partition("://")[2].partition(":")[0]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:ID_LETTERS]}@{host}>"
