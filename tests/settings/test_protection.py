"""Django's own check finds nothing in production, and every answer carries the headers that protect it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from handfast.foundation.lacking import NO_MAIL_SERVER, NO_SCANNER

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

KEY = "correct-horse-battery-staple-0123456789-abcdefghijklmn"
TOLD_TO_TESTS = ("HANDFAST_", "DATABASE", "DJANGO_ALLOW")
SAFE = {"HANDFAST_SECRET_KEY": KEY, "HANDFAST_ADDRESS": "https://handfast.lumen.example"}
MAIL = "smtps://user:password@mail.example:465?from=handfast@lumen.example"


def checked(home: Path, **told: str) -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(TOLD_TO_TESTS)}
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={**kept, "HANDFAST_HOME": str(home), "HANDFAST_MODE": "production", **told},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_of_a_deployment_finds_nothing(tmp_path: Path) -> None:
    ended = checked(tmp_path, **SAFE, HANDFAST_MAIL_URL=MAIL, HANDFAST_SCANNER="tcp://127.0.0.1:3310")
    assert (ended.returncode, "no issues" in ended.stdout + ended.stderr) == (0, True), ended.stderr


@pytest.mark.parametrize(
    ("told", "code", "hint"),
    [
        ({"HANDFAST_SCANNER": "tcp://127.0.0.1:3310"}, NO_MAIL_SERVER, "Set HANDFAST_MAIL_URL"),
        ({"HANDFAST_MAIL_URL": MAIL}, NO_SCANNER, "Set HANDFAST_SCANNER"),
    ],
)
def test_check_of_a_deployment_tells_what_it_lacks_and_what_to_do(
    tmp_path: Path, told: dict[str, str], code: str, hint: str
) -> None:
    ended = checked(tmp_path, **SAFE, **told)
    assert ended.returncode != 0
    assert f"({code})" in ended.stderr
    assert hint in ended.stderr
    assert ended.stderr.count("(handfast.W") == 1


def test_deployment_that_is_not_safe_does_not_begin(tmp_path: Path) -> None:
    ended = checked(tmp_path, HANDFAST_SECRET_KEY=KEY, HANDFAST_ADDRESS="http://handfast.lumen.example")
    assert (ended.returncode != 0, "HANDFAST_ADDRESS is not encrypted" in ended.stderr) == (True, True)


@pytest.mark.django_db
def test_every_answer_carries_the_protecting_headers(client: Client) -> None:
    headers = client.get("/accounts/login/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "font-src", "img-src", "connect-src")} == {
        "'self'"
    }
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
