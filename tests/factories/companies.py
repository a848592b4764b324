"""Starts a company's sign-in as a process, and walks through it as a browser would."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.urls import reverse

from handfast.foundation.companies import Company

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

PROGRAM = Path(__file__).parent / "programs" / "company.py"
SECRET = "a secret: of both / sides"  # noqa: S105 - of a provider that lives as long as a test


class _Staying(HTTPRedirectHandler):
    def redirect_request(self, *_given: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that runs."""

    issuer: str

    def company(self, *domains: str, key: str = "1") -> Company:
        return Company(key, "Lumen", self.issuer, "handfast", SECRET, frozenset(domains))

    def told(self, **said: Any) -> None:
        """What it does otherwise from now on."""
        build_opener().open(Request(f"{self.issuer}/told", json.dumps(said).encode())).close()  # noqa: S310 - a loopback

    def sent_back(self, address: str) -> str:
        """Where the company's page leads, as its answer says."""
        try:
            build_opener(_Staying).open(address).close()
        except HTTPError as sent:
            place: str = sent.headers["Location"]
            sent.close()
            return place
        raise AssertionError(address)


@contextmanager
def provider_running() -> Iterator[Provider]:
    with subprocess.Popen(
        [sys.executable, str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield Provider(process.stdout.readline().strip())
        process.stdin.close()  # it ends by itself
        process.stdout.close()
        assert process.wait(10) == 0


def led_to(answer: HttpResponse) -> str:
    """The company's address that a page of ours leads to."""
    page = answer.content.decode()
    assert answer.status_code == 200, page
    return unescape(page.partition("0;url=")[2].partition('"')[0])


def walked(client: Client, provider: Provider, *, begun: str = "", onward: str = "") -> HttpResponse:
    """All the way: the button, the company's page, and the answer of ours to what came back."""
    begun = begun or reverse("people:company_begin", args=["1"])
    back = provider.sent_back(led_to(client.post(begun, {"next": onward})))  # type: ignore[arg-type]  # the client's own kind
    return came_back(client, back)


def came_back(client: Client, back: str) -> HttpResponse:
    """The answer to an address that the company sent the browser to."""
    parts = urlsplit(back)
    answer: HttpResponse = client.get(f"{parts.path}?{parts.query}")  # type: ignore[assignment]  # the client's own kind
    return answer
