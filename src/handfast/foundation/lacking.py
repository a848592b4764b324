"""What an installation in production lacks, as `check --deploy` tells whoever runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import Warning as Warned

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_MAIL_SERVER = "handfast.W001"
NO_SCANNER = "handfast.W002"


def mail_server_lacking(**_given: object) -> Iterable[Warned]:
    """Mails are written into files, which nobody reads: no invitation and no reset arrives."""
    if settings.MAIL is None:
        yield Warned(
            "No mail server is set: invitations, links to set a password and notices stay in files.",
            hint="Set HANDFAST_MAIL_URL, as smtps://user:password@mail.example:465?from=handfast@lumen.example.",
            id=NO_MAIL_SERVER,
        )


def scanner_lacking(**_given: object) -> Iterable[Warned]:
    """Files are held to their kind and their limits only."""
    if settings.HANDFAST_SCANNER is None:
        yield Warned(
            "No virus scanner is set: nobody looks into the files that people keep beside things.",
            hint="Set HANDFAST_SCANNER to a clamd, as unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310.",
            id=NO_SCANNER,
        )
