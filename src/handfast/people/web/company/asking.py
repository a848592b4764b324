"""Asks a provider of sign-in over HTTP: no other address than it names, no redirect, so much, and only so long."""

from __future__ import annotations

import json
import time
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from handfast.foundation.companies import LOOPBACK
from handfast.people.refusals import CompanyUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_SECONDS = 10  # for all that one step of a sign-in asks
LONGEST_SILENCE = 5
MOST_BYTES = 256 * 1024
BLOCK = 16 * 1024


class _Straight(HTTPRedirectHandler):
    """A provider that sends us elsewhere is not followed: what it hands out is meant for its own address."""

    def redirect_request(self, *_given: Any) -> None:
        return None


_OPENER = build_opener(_Straight)


class Asking:
    """All that one step asks, within one span of time."""

    def __init__(self, name: str, issuer: str, seconds: float = LONGEST_SECONDS) -> None:
        self.name = name
        self.is_plain_allowed = issuer.startswith("http://")  # the settings allow that on a loopback only
        self.until = time.monotonic() + seconds

    def checked(self, address: object) -> str:
        """An address that the provider named, if we may go there. Raises CompanyUnavailable."""
        text = address if isinstance(address, str) else ""
        try:
            parts = urlsplit(text)
            is_local = self.is_plain_allowed and parts.scheme == "http" and parts.hostname in LOOPBACK
        except ValueError:
            raise self._unavailable("an address that is none") from None
        if not parts.hostname or not (parts.scheme == "https" or is_local):
            raise self._unavailable("an address that is not encrypted")
        return text

    def read(
        self, address: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """The JSON object at an address; `form` is posted. Raises CompanyUnavailable."""
        body = urlencode(form).encode() if form is not None else None
        asked = Request(  # noqa: S310 - the scheme was checked
            self.checked(address), data=body, headers={"Accept": "application/json", **(headers or {})}
        )
        left = min(LONGEST_SILENCE, self.until - time.monotonic())
        if left <= 0:
            raise self._unavailable("no answer in time")
        try:
            with _OPENER.open(asked, timeout=left) as answer:
                told = json.loads(self._taken(answer))
        except HTTPError as wrong:
            wrong.close()
            raise self._unavailable(f"status {wrong.code}", wrong.code) from None
        except (URLError, OSError, HTTPException) as wrong:
            raise self._unavailable(type(wrong).__name__) from None
        except (ValueError, RecursionError):
            raise self._unavailable("an answer that is no JSON") from None
        if not isinstance(told, dict):
            raise self._unavailable("an answer that is no object")
        return told

    def _taken(self, answer: Any) -> bytes:
        parts, taken = [], 0
        while part := answer.read1(BLOCK):
            taken += len(part)
            if taken > MOST_BYTES or time.monotonic() > self.until:
                raise self._unavailable("an answer too long")
            parts.append(part)
        return b"".join(parts)

    def _unavailable(self, said: str, answered: int | None = None) -> CompanyUnavailable:
        """What it was stands in the log alone: whoever signs in can do nothing with it."""
        return CompanyUnavailable(
            f"the sign-in of {self.name} does not answer as it should: try again in a minute, or sign in another way",
            log=said,
            answered=answered,
        )
