"""Reads what an installation is told by its environment; a wrong or insecure value is refused by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handfast.settings.addresses import (
    ADDRESS_EXAMPLE,
    DATABASE_EXAMPLE,
    HIGHEST_PORT,
    MailServer,
    PostgresAddress,
    PublicAddress,
    SqliteFile,
    answer_address_of,
    channel_networks_of,
    database_at,
    mail_authority_of,
    mail_server_at,
    public_address_at,
    scanner_at,
)
from handfast.settings.companies import companies_of
from handfast.settings.refused import SettingRefused
from handfast.settings.secret import kept_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.foundation.companies import Company

SHORTEST_SECRET = 50
FEWEST_LETTERS = 10
TEST_SECRET = "tests-only-".ljust(SHORTEST_SECRET, "x")  # nothing that a test signs leaves the machine
KEY_EXAMPLE = "\"$(python3 -c 'import secrets; print(secrets.token_urlsafe(64))')\""
UNITS = {"MiB": 2**20, "GiB": 2**30}
_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_SIZE = re.compile(r"([1-9]\d{0,5}) ?(MiB|GiB)")


class Mode(StrEnum):
    """How strict an installation is: on a desk, in use, or under test."""

    local = "local"
    production = "production"
    test = "test"


@dataclass(frozen=True, slots=True)
class Environment:
    """What one installation was told; every value is checked."""

    mode: Mode
    home: Path
    records: Path
    database: SqliteFile | PostgresAddress
    database_role: str | None
    owner: PostgresAddress | None
    secret_key: str = field(repr=False)
    address: PublicAddress
    port: int
    mail: MailServer | None
    answer_address: str | None
    mail_authority: str | None
    channel_networks: tuple[str, ...]
    upload_limit_bytes: int
    file_limit_bytes: int
    file_quota_bytes: int
    scanner: str | tuple[str, int] | None
    time_zone: str
    trusted_proxies: int
    companies: tuple[Company, ...] = ()

    @property
    def folders(self) -> tuple[Path, ...]:
        """What must exist before anything runs."""
        return (
            self.home,
            self.records,
            *(self.home / name for name in ("files", "uploads", "mail", "static")),
        )


def environment_of(variables: Mapping[str, str]) -> Environment:
    """Every setting, read and checked; makes the folders, and the key of a local installation."""
    mode = _mode(variables.get("HANDFAST_MODE", Mode.local))
    home = _home(variables.get("HANDFAST_HOME") or ("var/test" if mode is Mode.test else "var"))
    port = _port(variables.get("HANDFAST_PORT", "8000"))
    mail, scanner = variables.get("HANDFAST_MAIL_URL"), variables.get("HANDFAST_SCANNER")
    database = _database(variables.get("DATABASE_URL"), home)
    environment = Environment(
        mode=mode,
        home=home,
        records=Path(variables.get("HANDFAST_RECORDS") or home / "records").expanduser().absolute(),
        database=database,
        database_role=_role(variables.get("HANDFAST_DATABASE_ROLE"), database, mode),
        owner=_owner(variables.get("HANDFAST_OWNER_URL"), database),
        secret_key=_secret(variables.get("HANDFAST_SECRET_KEY"), mode, home),
        address=_address(variables.get("HANDFAST_ADDRESS"), mode, port),
        port=port,
        mail=mail_server_at(mail) if mail else None,
        answer_address=answer_address_of(variables.get("HANDFAST_ANSWER_ADDRESS", "")),
        channel_networks=channel_networks_of(variables.get("HANDFAST_CHANNEL_NETWORKS", "")),
        mail_authority=mail_authority_of(variables.get("HANDFAST_MAIL_AUTHORITY", "")),
        upload_limit_bytes=_size(variables, "HANDFAST_UPLOAD_LIMIT", "2 GiB"),
        file_limit_bytes=_size(variables, "HANDFAST_FILE_LIMIT", "25 MiB"),
        file_quota_bytes=_size(variables, "HANDFAST_FILE_QUOTA", "2 GiB"),
        scanner=scanner_at(scanner) if scanner else None,
        time_zone=_time_zone(variables.get("HANDFAST_TIME_ZONE", "UTC")),
        trusted_proxies=_proxies(variables.get("HANDFAST_TRUSTED_PROXIES"), mode),
        companies=companies_of(variables, is_loopback_allowed=mode is not Mode.production),
    )
    for folder in environment.folders:
        _make(folder)
    return environment


def _mode(text: str) -> Mode:
    if text not in set(Mode):
        raise SettingRefused("HANDFAST_MODE", f"is '{text}', not {', '.join(Mode)}", Mode.production)
    return Mode(text)


def _home(text: str) -> Path:
    home = Path(text).expanduser().absolute()
    _make(home)
    return home


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        said = f"needs the folder {folder}, which cannot be made: {fault.strerror}"
        raise SettingRefused("HANDFAST_HOME", said, "/var/lib/handfast") from None


def _port(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text) or not 0 < int(text) <= HIGHEST_PORT:
        raise SettingRefused("HANDFAST_PORT", f"is '{text}', not a port from 1 to {HIGHEST_PORT}", "8000")
    return int(text)


def _database(text: str | None, home: Path) -> SqliteFile | PostgresAddress:
    return database_at(text) if text else SqliteFile(home / "handfast.sqlite3")


def _role(text: str | None, database: SqliteFile | PostgresAddress, mode: Mode) -> str | None:
    if not text:
        if mode is Mode.production and isinstance(database, PostgresAddress):
            fault = "is not set: production takes a role that owns no table, so that the walls hold for it"
            raise SettingRefused("HANDFAST_DATABASE_ROLE", fault, "handfast_app")
        return None
    if not _ROLE.fullmatch(text):
        fault = "is not the plain name of a role: small letters, digits and _"
        raise SettingRefused("HANDFAST_DATABASE_ROLE", fault, "handfast_app")
    if isinstance(database, SqliteFile):
        fault = "is set, but SQLite has no roles: set DATABASE_URL too, or leave it out"
        raise SettingRefused("HANDFAST_DATABASE_ROLE", fault, "handfast_app")
    return text


def _owner(text: str | None, database: SqliteFile | PostgresAddress) -> PostgresAddress | None:
    """Who migrates, where that is not who serves."""
    if not text:
        return None
    owner = database_at(text, "HANDFAST_OWNER_URL")
    if isinstance(owner, SqliteFile) or isinstance(database, SqliteFile) or owner.name != database.name:
        fault = "names another database than DATABASE_URL: it is the same one, opened by its owner"
        raise SettingRefused("HANDFAST_OWNER_URL", fault, DATABASE_EXAMPLE)
    return owner


def _secret(text: str | None, mode: Mode, home: Path) -> str:
    if mode is Mode.test:
        return TEST_SECRET
    if text is None and mode is Mode.local:
        return kept_secret(home)
    key = text or ""
    if len(key) < SHORTEST_SECRET:
        fault = f"has {len(key)} characters, at least {SHORTEST_SECRET} are needed" if key else "is not set"
        raise SettingRefused("HANDFAST_SECRET_KEY", fault, KEY_EXAMPLE)
    if len(set(key)) < FEWEST_LETTERS or key.startswith(("django-insecure-", "tests-only-")):
        raise SettingRefused("HANDFAST_SECRET_KEY", "can be guessed", KEY_EXAMPLE)
    return key


def _address(text: str | None, mode: Mode, port: int) -> PublicAddress:
    if mode is not Mode.production:
        return public_address_at(text or f"http://127.0.0.1:{port}")
    if not text:
        raise SettingRefused("HANDFAST_ADDRESS", "is not set", ADDRESS_EXAMPLE)
    address = public_address_at(text)
    if not address.is_encrypted:
        raise SettingRefused("HANDFAST_ADDRESS", "is not encrypted: production needs https", ADDRESS_EXAMPLE)
    return address


def _size(variables: Mapping[str, str], variable: str, usual: str) -> int:
    text = variables.get(variable, usual)
    found = _SIZE.fullmatch(text.strip())
    if not found:
        fault = f"is '{text}', not a whole number of {' or '.join(UNITS)}"
        raise SettingRefused(variable, fault, usual)
    return int(found[1]) * UNITS[found[2]]


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError):  # absent, outside of the zones, malformed
        fault = f"is '{text}', which is no time zone"
        raise SettingRefused("HANDFAST_TIME_ZONE", fault, "America/Toronto") from None
    return text


def _proxies(text: str | None, mode: Mode) -> int:
    """How many proxies stand before the server; production stands behind the one that speaks TLS."""
    if not text:
        return 1 if mode is Mode.production else 0
    if not re.fullmatch(r"\d", text):
        raise SettingRefused("HANDFAST_TRUSTED_PROXIES", f"is '{text}', not a number from 0 to 9", "1")
    return int(text)
