"""The digests of versions, made so that any reader makes them again from what they downloaded."""

from __future__ import annotations

import hashlib


def text_digest(text: str) -> str:
    """The SHA-256 of the text's bytes: the whole digest of a version in the first form."""
    return hashlib.sha256(text.encode()).hexdigest()


def version_digest(title: str, content_sha256: str) -> str:
    """The second form: the SHA-256 of two lines, the title and the SHA-256 of the content, each ended by a line feed.

    A title is one line, so that no two pairs make the same two lines.
    """
    return hashlib.sha256(f"{title}\n{content_sha256}\n".encode()).hexdigest()
