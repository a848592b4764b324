"""What an installation is told is checked value by value; production refuses what is not safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handfast.settings.addresses import PostgresAddress, SqliteFile
from handfast.settings.environment import Environment, Mode, environment_of
from handfast.settings.refused import SettingRefused

if TYPE_CHECKING:
    from pathlib import Path

KEY = "correct-horse-battery-staple-0123456789-abcdefghijklmn"


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """The least that production runs with."""
    return {
        "HANDFAST_MODE": "production",
        "HANDFAST_HOME": str(tmp_path),
        "HANDFAST_SECRET_KEY": KEY,
        "HANDFAST_ADDRESS": "https://handfast.lumen.example",
    }


def test_desk_needs_to_be_told_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = environment_of({})
    assert told.mode is Mode.local
    assert told.database == SqliteFile(tmp_path / "var" / "handfast.sqlite3")
    assert told.records == tmp_path / "var" / "records"
    assert told.address.origin == "http://127.0.0.1:8000"
    assert (told.port, told.mail, told.time_zone, told.trusted_proxies) == (8000, None, "UTC", 0)
    assert told.upload_limit_bytes == 2 * 2**30
    assert all(folder.is_dir() for folder in told.folders)
    assert told.home.stat().st_mode & 0o077 == 0


def test_production_takes_what_is_safe(safe: dict[str, str]) -> None:
    told = environment_of(safe)
    assert (told.mode, told.secret_key, told.trusted_proxies) == (Mode.production, KEY, 1)
    assert KEY not in repr(told)


@pytest.mark.parametrize(
    ("variable", "value", "fault"),
    [
        ("HANDFAST_SECRET_KEY", None, "is not set"),
        ("HANDFAST_SECRET_KEY", "short", "has 5 characters"),
        ("HANDFAST_SECRET_KEY", "a" * 60, "can be guessed"),
        ("HANDFAST_SECRET_KEY", "django-insecure-" + KEY, "can be guessed"),
        ("HANDFAST_ADDRESS", None, "is not set"),
        ("HANDFAST_ADDRESS", "http://handfast.lumen.example", "is not encrypted"),
        ("HANDFAST_ADDRESS", "https://*", "not the name of one host"),
        ("DATABASE_URL", "postgresql://db.example/handfast", "a role that owns no table"),
    ],
)
def test_production_refuses_what_is_not_safe(
    safe: dict[str, str], variable: str, value: str | None, fault: str
) -> None:
    told = {**safe, variable: value} if value else {name: safe[name] for name in safe if name != variable}
    assert fault in said(told)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HANDFAST_MODE", "debug"),
        ("HANDFAST_PORT", "0"),
        ("HANDFAST_PORT", "65536"),
        ("HANDFAST_PORT", "http"),
        ("HANDFAST_UPLOAD_LIMIT", "2"),
        ("HANDFAST_UPLOAD_LIMIT", "0 GiB"),
        ("HANDFAST_UPLOAD_LIMIT", "1.5 GiB"),
        ("HANDFAST_FILE_LIMIT", "25"),
        ("HANDFAST_FILE_QUOTA", "much"),
        ("HANDFAST_ANSWER_ADDRESS", "answers"),
        ("HANDFAST_ANSWER_ADDRESS", "answers+x@handfast.example"),
        ("HANDFAST_ANSWER_ADDRESS", "a" * 32 + "@handfast.example"),
        ("HANDFAST_ANSWER_ADDRESS", "Handfast <answers@handfast.example>"),
        ("HANDFAST_CHANNEL_NETWORKS", "10.0.0.1/8"),
        ("HANDFAST_CHANNEL_NETWORKS", "lumen.example"),
        ("HANDFAST_MAIL_AUTHORITY", "mx lumen"),
        ("HANDFAST_SCANNER", "127.0.0.1:3310"),
        ("HANDFAST_SCANNER", "tcp://127.0.0.1"),
        ("HANDFAST_SCANNER", "tcp://127.0.0.1:0"),
        ("HANDFAST_SCANNER", "unix://"),
        ("HANDFAST_SCANNER", "http://127.0.0.1:3310"),
        ("HANDFAST_TIME_ZONE", "Mars/Olympus"),
        ("HANDFAST_TIME_ZONE", "../etc/passwd"),
        ("HANDFAST_TRUSTED_PROXIES", "many"),
        ("HANDFAST_DATABASE_ROLE", "handfast_app"),
        ("HANDFAST_OWNER_URL", "postgresql://db.example/handfast"),
        ("HANDFAST_HOME", "/dev/null/handfast"),
    ],
)
def test_wrong_value_is_refused_with_its_variable_and_an_example(
    tmp_path: Path, variable: str, value: str
) -> None:
    sentence = said({"HANDFAST_HOME": str(tmp_path), variable: value})
    assert sentence.startswith(f"{variable} ")
    assert f"Example: {variable}=" in sentence


@pytest.mark.parametrize("role", ["handfast_app; drop", "Handfast", "-c", "1role"])
def test_role_that_is_not_a_plain_name_is_refused(tmp_path: Path, role: str) -> None:
    told = {"HANDFAST_HOME": str(tmp_path), "DATABASE_URL": "postgresql:///handfast"}
    assert "not the plain name of a role" in said({**told, "HANDFAST_DATABASE_ROLE": role})
    assert environment_of({**told, "HANDFAST_DATABASE_ROLE": "handfast_app"}).database_role == "handfast_app"


def test_owner_opens_the_same_database(tmp_path: Path) -> None:
    told = {"HANDFAST_HOME": str(tmp_path), "DATABASE_URL": "postgresql://app@/handfast"}
    same = environment_of({**told, "HANDFAST_OWNER_URL": "postgresql://owner@/handfast"})
    assert same.owner == PostgresAddress("handfast", user="owner")
    assert "names another database" in said({**told, "HANDFAST_OWNER_URL": "postgresql://owner@/other"})


def test_sizes_are_read_in_binary_units(tmp_path: Path) -> None:
    assert read(tmp_path, HANDFAST_UPLOAD_LIMIT="512 MiB").upload_limit_bytes == 512 * 2**20
    assert read(tmp_path, HANDFAST_UPLOAD_LIMIT="3GiB").upload_limit_bytes == 3 * 2**30
    assert read(tmp_path, HANDFAST_FILE_LIMIT="5 MiB").file_limit_bytes == 5 * 2**20
    assert read(tmp_path, HANDFAST_FILE_QUOTA="1 GiB").file_quota_bytes == 2**30


def test_scanner_is_an_address_as_a_socket_takes_it(tmp_path: Path) -> None:
    assert read(tmp_path).scanner is None
    assert read(tmp_path, HANDFAST_SCANNER="unix:///run/clamav/clamd.ctl").scanner == "/run/clamav/clamd.ctl"
    assert read(tmp_path, HANDFAST_SCANNER="tcp://[::1]:3310").scanner == ("::1", 3310)


def test_secret_of_a_desk_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob(".secret*")] == []
    assert read(tmp_path / "other").secret_key != first


def read(home: Path, **told: str) -> Environment:
    return environment_of({"HANDFAST_HOME": str(home), **told})


def said(told: dict[str, str]) -> str:
    with pytest.raises(SettingRefused) as refused:
        environment_of(told)
    return str(refused.value)


def test_address_at_which_mail_is_answered_is_read_as_it_is_written_to(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        HANDFAST_ANSWER_ADDRESS=" Answers@handfast.example",
        HANDFAST_MAIL_AUTHORITY="MX.lumen.example",
    )
    assert (told.answer_address, told.mail_authority) == ("answers@handfast.example", "mx.lumen.example")
    bare = read(tmp_path)
    assert (bare.answer_address, bare.mail_authority) == (None, None)
