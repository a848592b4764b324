"""Reads the addresses that settings name: the database, the mail server, the scanner and our own public address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from handfast.settings.refused import SettingRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

HIGHEST_PORT = 65535
DATABASE_EXAMPLE = "postgresql://owner:password@db.example:5432/handfast"
MAIL_EXAMPLE = "smtps://user:password@mail.example:465?from=handfast@lumen.example"
ADDRESS_EXAMPLE = "https://handfast.lumen.example"
SCANNER_EXAMPLE = "unix:///run/clamav/clamd.ctl"
ANSWER_EXAMPLE = "answers@handfast.lumen.example"
AUTHORITY_EXAMPLE = "mx.lumen.example"
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
LONGEST_LOCAL = 31  # with + and the 32 letters of a secret it is as long as the part before @ may be
_ANSWER = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?@[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """The default database: one file below the home folder."""

    path: Path


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """A PostgreSQL database; `host` is empty for the default socket, or a folder that holds the socket."""

    name: str
    host: str = ""
    port: int | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and the address it is sent from."""

    host: str
    port: int
    sender: str
    is_tls_from_start: bool
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """The address under which people reach this installation."""

    scheme: str
    host: str
    port: int | None

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")

    @property
    def is_encrypted(self) -> bool:
        return self.scheme == "https"


def database_at(text: str, variable: str = "DATABASE_URL") -> SqliteFile | PostgresAddress:
    """`sqlite:///PATH`, or `postgresql://user:password@host:port/name?sslmode=…`; a fault never repeats the password."""
    parts = _split(text, variable, DATABASE_EXAMPLE)
    if parts.scheme == "sqlite":
        path = unquote(parts.path).removeprefix("/")
        if parts.netloc or not path:
            raise SettingRefused(
                variable, "names no file after sqlite:///", "sqlite:////var/lib/handfast/db.sqlite3"
            )
        return SqliteFile(Path(path))
    if parts.scheme not in {"postgres", "postgresql"}:
        fault = f"begins with '{parts.scheme}:', but Handfast keeps its data in postgresql: or sqlite:"
        raise SettingRefused(variable, fault, DATABASE_EXAMPLE)
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise SettingRefused(variable, "names no database after the host", DATABASE_EXAMPLE)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = given.pop("host", "") or unquote(parts.hostname or "")
    return PostgresAddress(
        name=name,
        host=host,
        port=_port_of(parts, variable, DATABASE_EXAMPLE),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        parameters=_postgres_parameters(given, variable),
    )


def _postgres_parameters(given: Mapping[str, str], variable: str) -> tuple[tuple[str, str], ...]:
    known = {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name"}
    if unknown := sorted(set(given) - known):
        fault = f"has the parameter '{unknown[0]}', which is not one of {', '.join(sorted(known))}"
        raise SettingRefused(variable, fault, DATABASE_EXAMPLE + "?sslmode=verify-full")
    if given.get("sslmode", "prefer") not in SSL_MODES:
        fault = f"has an sslmode that is not one of {', '.join(SSL_MODES)}"
        raise SettingRefused(variable, fault, DATABASE_EXAMPLE + "?sslmode=verify-full")
    return tuple(sorted(given.items()))


def mail_server_at(text: str) -> MailServer:
    """`smtps://` speaks TLS from the start, `smtp://` changes to it (STARTTLS); `?from=` is the sender."""
    variable = "HANDFAST_MAIL_URL"
    parts = _split(text, variable, MAIL_EXAMPLE)
    if parts.scheme not in {"smtp", "smtps"}:
        fault = f"begins with '{parts.scheme}:', but mail goes by smtps: or smtp:"
        raise SettingRefused(variable, fault, MAIL_EXAMPLE)
    if not parts.hostname:
        raise SettingRefused(variable, "names no host", MAIL_EXAMPLE)
    sender = dict(parse_qsl(parts.query)).get("from", "")
    if "@" not in sender:
        raise SettingRefused(variable, "does not say from whom mail comes: add ?from=", MAIL_EXAMPLE)
    is_tls_from_start = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=_port_of(parts, variable, MAIL_EXAMPLE) or (465 if is_tls_from_start else 587),
        sender=sender,
        is_tls_from_start=is_tls_from_start,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def answer_address_of(text: str) -> str | None:
    """`answers@host`: mail to `answers+…@host` is handed to `handfast receive`. None, where no mail is taken in."""
    said = text.strip().lower()
    if said and (not _ANSWER.fullmatch(said) or len(said.partition("@")[0]) > LONGEST_LOCAL):
        fault = f"is not a plain address with at most {LONGEST_LOCAL} letters before the @"
        raise SettingRefused("HANDFAST_ANSWER_ADDRESS", fault, ANSWER_EXAMPLE)
    return said or None


def mail_authority_of(text: str) -> str | None:
    """The name by which the receiving mail server signs its `Authentication-Results` (its authserv-id)."""
    said = text.strip().lower()
    if said and not _HOST.fullmatch(said):
        fault = "is not the name that the mail server writes first in Authentication-Results"
        raise SettingRefused("HANDFAST_MAIL_AUTHORITY", fault, AUTHORITY_EXAMPLE)
    return said or None


def channel_networks_of(text: str) -> tuple[str, ...]:
    """Networks of one's own that channels may lead into, as `10.1.2.0/24`, with commas between them."""
    try:
        return tuple(str(ip_network(one.strip())) for one in text.split(",") if one.strip())
    except ValueError:
        fault = "is no list of networks"
        raise SettingRefused("HANDFAST_CHANNEL_NETWORKS", fault, "10.1.2.0/24,fd12:3456::/32") from None


def public_address_at(text: str) -> PublicAddress:
    """`https://host[:port]` without a path; a wildcard is no host."""
    variable = "HANDFAST_ADDRESS"
    parts = _split(text, variable, ADDRESS_EXAMPLE)
    if parts.scheme not in {"http", "https"}:
        raise SettingRefused(variable, "does not begin with https:// or http://", ADDRESS_EXAMPLE)
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise SettingRefused(variable, "holds more than a scheme, a host and a port", ADDRESS_EXAMPLE)
    host = parts.netloc.rpartition(":")[0] if re.search(r":\d*$", parts.netloc) else parts.netloc
    if not _HOST.fullmatch(host):
        raise SettingRefused(variable, f"names '{host}', which is not the name of one host", ADDRESS_EXAMPLE)
    return PublicAddress(parts.scheme, host.lower(), _port_of(parts, variable, ADDRESS_EXAMPLE))


def scanner_at(text: str) -> str | tuple[str, int]:
    """`unix:///PATH` or `tcp://host:port` of a clamd, as a socket takes it: the path, or host and port."""
    variable = "HANDFAST_SCANNER"
    parts = _split(text, variable, SCANNER_EXAMPLE)
    if parts.scheme == "unix" and not parts.netloc and len(parts.path) > 1:
        return unquote(parts.path)
    port = _port_of(parts, variable, SCANNER_EXAMPLE)
    if parts.scheme != "tcp" or not parts.hostname or port is None or parts.path not in {"", "/"}:
        raise SettingRefused(variable, "is neither tcp://host:port nor unix:///path", SCANNER_EXAMPLE)
    return parts.hostname, port


def _split(text: str, variable: str, example: str) -> SplitResult:
    try:
        parts = urlsplit(text.strip())
        _ = parts.hostname
    except ValueError:
        raise SettingRefused(variable, "is not an address", example) from None
    if not parts.scheme or "://" not in text:
        raise SettingRefused(variable, "is not an address: it has no '://'", example)
    return parts


def _port_of(parts: SplitResult, variable: str, example: str) -> int | None:
    try:
        port = parts.port
    except ValueError:
        raise SettingRefused(
            variable, f"has a port that is not a number up to {HIGHEST_PORT}", example
        ) from None
    if port == 0:
        raise SettingRefused(variable, "has the port 0", example)
    return port
