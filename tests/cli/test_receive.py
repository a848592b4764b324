"""`handfast receive` takes mail from a mail server or a maildir, and never answers whoever sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.factories.installation import Installation, make_installation

if TYPE_CHECKING:
    from pathlib import Path

MAIL = "From: eve@evil.example\nTo: answers@handfast.example\n\nWords of hers\n"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make_installation(tmp_path_factory.mktemp("receive"))


def test_mail_that_is_refused_is_dropped_and_logged_by_its_code_alone(installation: Installation) -> None:
    told = installation.command("receive", given=MAIL)
    assert (told.returncode, told.stdout) == (0, "")
    assert "is refused: answer-unaddressed" in told.stderr
    assert "eve" not in told.stderr
    assert "Words" not in told.stderr


def test_maildir_is_taken_in_and_what_is_not_new_stays(installation: Installation, tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.host").write_text(MAIL)
    (tmp_path / "cur" / "0.host:2,S").write_text(MAIL)
    told = installation.command("receive", "--maildir", str(tmp_path))
    assert (told.returncode, told.stderr.count("is refused")) == (0, 1)
    assert sorted(one.name for one in (tmp_path / "cur").iterdir()) == ["0.host:2,S", "1.host:2,S"]
    assert list((tmp_path / "new").iterdir()) == []


def test_folder_that_is_no_maildir_is_refused_by_name(installation: Installation, tmp_path: Path) -> None:
    told = installation.command("receive", "--maildir", str(tmp_path))
    assert told.returncode == 2
    assert "no-maildir" in told.stderr


def test_database_that_is_away_leaves_the_mail_to_the_mail_server(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "no.sqlite3").mkdir()
    to = f"answers+{'a' * 32}@handfast.example"
    told = installation.command(
        "receive", "--to", to, given=MAIL, DATABASE_URL=f"sqlite:///{tmp_path}/no.sqlite3",
        HANDFAST_DATABASE_ROLE="", HANDFAST_ANSWER_ADDRESS="answers@handfast.example",
    )  # fmt: skip
    assert told.returncode == 75
