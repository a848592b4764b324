"""A sealed secret is opened for its purpose and its row alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from handfast.foundation.sealing import SecretLost, opened, sealed

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

ROW = uuid4()


def test_sealed_secret_is_opened_and_shows_nothing_of_itself() -> None:
    kept = sealed("https://hooks.example/secret", "channel", ROW)
    assert "hooks" not in kept
    assert sealed("https://hooks.example/secret", "channel", ROW) != kept
    assert opened(kept, "channel", ROW) == "https://hooks.example/secret"


@pytest.mark.parametrize("what", ["purpose", "row", "key", "text", "cut", "nothing"])
def test_secret_for_something_else_is_lost(what: str, settings: SettingsWrapper) -> None:
    kept = sealed("secret", "channel", ROW)
    purpose, row = ("other" if what == "purpose" else "channel"), (uuid4() if what == "row" else ROW)
    if what == "key":
        settings.SECRET_KEY = "another key, as long as it likes to be"  # noqa: S105 - of a test
    kept = {"text": kept[:-3] + "AAA", "cut": kept[:9], "nothing": ""}.get(what, kept)
    with pytest.raises(SecretLost):
        opened(kept, purpose, row)
