"""Addresses of databases, mail servers and the installation are read whole or refused by their fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from handfast.settings.addresses import (
    MailServer,
    PostgresAddress,
    PublicAddress,
    SqliteFile,
    database_at,
    mail_server_at,
    public_address_at,
)
from handfast.settings.refused import SettingRefused


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("sqlite:///kept/db.sqlite3", SqliteFile(Path("kept/db.sqlite3"))),
        ("sqlite:////var/lib/db.sqlite3", SqliteFile(Path("/var/lib/db.sqlite3"))),
        ("postgres://db.example/handfast", PostgresAddress("handfast", "db.example")),
        (
            "postgresql://owner:p%40ss%2Fword@db.example:5433/handfast?sslmode=verify-full",
            PostgresAddress(
                "handfast", "db.example", 5433, "owner", "p@ss/word", (("sslmode", "verify-full"),)
            ),
        ),
        ("postgresql:///handfast", PostgresAddress("handfast")),
        ("postgresql://me@/handfast?host=/run/pg", PostgresAddress("handfast", "/run/pg", user="me")),
        ("postgresql://[::1]:5432/handfast", PostgresAddress("handfast", "::1", 5432)),
    ],
)
def test_database_address_is_read_whole(text: str, read: SqliteFile | PostgresAddress) -> None:
    assert database_at(text) == read


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("handfast.db", "no '://'"),
        ("mysql://db/handfast", "begins with 'mysql:'"),
        ("sqlite://", "names no file"),
        ("sqlite://host/file", "names no file"),
        ("postgresql://db.example", "names no database"),
        ("postgresql://db.example/a/b", "names no database"),
        ("postgresql://db.example:x/handfast", "a port that is not a number"),
        ("postgresql://db.example:99999/handfast", "a port that is not a number"),
        ("postgresql://db.example:0/handfast", "the port 0"),
        ("postgresql://db.example/handfast?sslmode=maybe", "an sslmode that is not one of"),
        ("postgresql://db.example/handfast?options=-c%20role=x", "the parameter 'options'"),
        ("postgresql://[::1/handfast", "is not an address"),
    ],
)
def test_database_address_is_refused_by_its_fault(text: str, fault: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        database_at(text)
    assert fault in str(refused.value)
    assert str(refused.value).startswith("DATABASE_URL ")
    assert "Example: DATABASE_URL=" in str(refused.value)


def test_password_is_never_repeated() -> None:
    with pytest.raises(SettingRefused) as refused:
        database_at("postgresql://owner:s3cret@db.example/handfast?sslmode=s")
    assert "s3cret" not in str(refused.value)
    assert "s3cret" not in repr(database_at("postgresql://owner:s3cret@db.example/handfast"))
    assert "s3cret" not in repr(mail_server_at("smtps://u:s3cret@mail.example?from=a@b.example"))


def test_mail_server_speaks_tls_from_the_start_or_changes_to_it() -> None:
    sender = "handfast@lumen.example"
    read = mail_server_at(f"smtps://u:p%3A@mail.example?from={sender}")
    assert read == MailServer("mail.example", 465, sender, True, "u", "p:")
    assert mail_server_at(f"smtp://mail.example?from={sender}") == MailServer(
        "mail.example", 587, sender, is_tls_from_start=False
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("mail.example", "no '://'"),
        ("imap://mail.example?from=a@b.example", "begins with 'imap:'"),
        ("smtps://?from=a@b.example", "names no host"),
        ("smtps://mail.example", "from whom"),
    ],
)
def test_mail_server_is_refused_by_its_fault(text: str, fault: str) -> None:
    with pytest.raises(SettingRefused, match=fault):
        mail_server_at(text)


def test_public_address_keeps_scheme_host_and_port() -> None:
    assert public_address_at("https://Handfast.Lumen.example/") == PublicAddress(
        "https", "handfast.lumen.example", None
    )
    assert public_address_at("http://127.0.0.1:8000").origin == "http://127.0.0.1:8000"
    assert public_address_at("http://[::1]:8000").host == "[::1]"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("lumen.example", "no '://'"),
        ("ftp://lumen.example", "does not begin with https"),
        ("https://lumen.example/handfast", "more than a scheme"),
        ("https://lumen.example?x=1", "more than a scheme"),
        ("https://me@lumen.example", "more than a scheme"),
        ("https://*.lumen.example", "not the name of one host"),
        ("https://*", "not the name of one host"),
        ("https://", "not the name of one host"),
    ],
)
def test_public_address_is_refused_by_its_fault(text: str, fault: str) -> None:
    with pytest.raises(SettingRefused, match=fault):
        public_address_at(text)
