"""Secrets that must be read again, as the address of a channel: kept sealed, and opened only for whom they were sealed."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from uuid import UUID

NONCE_BYTES, KEY_BYTES = 12, 32


class SecretLost(Refusal):
    """A sealed secret that the key of this installation does not open: it was sealed under another one."""

    code = "secret-lost"


def sealed(text: str, purpose: str, about: UUID) -> str:
    """The text under a key made from the installation's own; `about` is the row that it belongs to, and is no secret."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return urlsafe_b64encode(nonce + _cipher(purpose).encrypt(nonce, text.encode(), about.bytes)).decode()


def opened(kept: str, purpose: str, about: UUID) -> str:
    """What was sealed for this purpose and this row. Raises SecretLost."""
    try:
        raw = urlsafe_b64decode(kept)
        return _cipher(purpose).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.bytes).decode()
    except (InvalidTag, ValueError) as fault:
        raise SecretLost(
            "a kept secret cannot be opened: HANDFAST_SECRET_KEY was changed; say it anew"
        ) from fault


def derived(purpose: str, *about: UUID) -> bytes:
    """A key that is kept nowhere: made of the installation's own, for one purpose and these rows, the same each time."""
    salt = b"".join(one.bytes for one in about)
    made = HKDF(SHA256(), KEY_BYTES, salt=salt, info=f"handfast.derived.{purpose}".encode())
    return made.derive(settings.SECRET_KEY.encode())


def _cipher(purpose: str) -> AESGCM:
    made = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"handfast.sealing.{purpose}".encode())
    return AESGCM(made.derive(settings.SECRET_KEY.encode()))
