"""Keeps the secret key of a local installation: made once, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

KEY_BYTES = 64


def kept_secret(folder: Path) -> str:
    """The key kept in the folder; made when it is absent. Of two processes that start at once, one makes it for both."""
    path = folder / "secret-key"
    if not path.exists():
        with NamedTemporaryFile("w", dir=folder, prefix=".secret-key-", encoding="ascii") as made:
            made.write(secrets.token_urlsafe(KEY_BYTES))
            made.flush()
            Path(made.name).chmod(0o600)
            with suppress(FileExistsError):  # the other process was first
                os.link(made.name, path)
    return path.read_text("ascii")
