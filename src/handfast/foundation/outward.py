"""Requests to addresses that people name: sent only to hosts of the open internet, checked where the connection is made."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS_A_STEP, SECONDS = 5.0, 15.0
PORTS = frozenset({443, 8443})
LONGEST_ADDRESS = 2_000
# Of the internet of today; without what holds another address in it (6to4, Teredo) and what is for documents.
OPEN_SIX = IPv6Network("2000::/3")
# Which Python calls open, by its version.
CLOSED_FOUR = tuple(
    IPv4Network(one) for one in ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "100.64.0.0/10")
)
CLOSED_SIX = tuple(IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


class AddressClosed(Refusal):
    """An address that leads into a network of the installation's own, or is none of the open internet."""

    code = "address-closed"


class NotReached(Refusal):
    """An address that did not answer, or not with success."""

    code = "not-reached"


def address_fault(address: str) -> str:
    """Why nothing is sent to such an address, before anybody asks where it leads; empty where it may be."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
        host.encode("idna")
    except (ValueError, UnicodeError):
        return "write the whole address, beginning with https://"
    is_plain = (
        all("!" <= one <= "~" for one in address) and len(address) <= LONGEST_ADDRESS and "\\" not in address
    )
    if not is_plain or not host or "@" in parts.netloc or parts.fragment:
        return "write the whole address, beginning with https://, without a password or a # in it"
    is_named = bool(settings.HANDFAST_CHANNEL_NETWORKS)
    if parts.scheme != "https" and not (is_named and parts.scheme == "http"):
        return "write the whole address, beginning with https://"
    if (port or 443) not in PORTS and not is_named:
        return f"its port is one of {', '.join(map(str, sorted(PORTS)))}"
    return ""


def post_outside(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send it and say the status of the answer, whose body is not read; a redirection is not followed.

    Raises AddressClosed, NotReached.
    """
    if said := address_fault(address):
        raise AddressClosed(said)
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _Checked(parts.hostname or "", port, is_encrypted=parts.scheme == "https")
    watch = threading.Timer(SECONDS, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, dict(headers) | {"Connection": "close"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise NotReached(f"it did not answer: {type(fault).__name__}") from fault
    finally:
        watch.cancel()
        connection.close()


class _Checked(http.client.HTTPConnection):
    """Connects to the very address that was checked: the name is asked once, so that it cannot mean another one after."""

    def __init__(self, host: str, port: int, *, is_encrypted: bool) -> None:
        super().__init__(host, port, timeout=SECONDS_A_STEP)
        self.is_encrypted = is_encrypted

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        for *_, where in found:
            check_open(str(where[0]), is_encrypted=self.is_encrypted, port=self.port)
        family, kind, protocol, _, where = found[0]
        plain = socket.socket(family, kind, protocol)
        plain.settimeout(SECONDS_A_STEP)
        self.sock = plain
        plain.connect(where)
        if self.is_encrypted:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """Whoever answers drop by drop is not waited for."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def check_open(number: str, *, is_encrypted: bool = True, port: int = 443) -> None:
    """Raises AddressClosed, unless it is of the open internet or of a network that the installation names."""
    found = ip_address(number.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if any(found in ip_network(one) for one in settings.HANDFAST_CHANNEL_NETWORKS):
        return
    if not is_encrypted or port not in PORTS or not _is_of_the_internet(found):
        raise AddressClosed("it leads into a network that nothing is sent to")


def _is_of_the_internet(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address):
        return found in OPEN_SIX and not any(found in one for one in CLOSED_SIX)
    is_closed = any(found in one for one in CLOSED_FOUR)
    return found.is_global and not (found.is_multicast or found.is_reserved or is_closed)
