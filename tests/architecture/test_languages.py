"""Whatever is marked is said in every language, and nothing that is kept or computed depends on one."""

from __future__ import annotations

import gettext

import pytest
from tools import languages
from tools.house.tree import ROOT

from handfast.foundation.languages import DEFAULT, LANGUAGE_NAMES

# Words of the frame and of forms: read late, in the language of whoever reads.
DOORS = ("/web/", "journeys/frame.py", "journeys/stages.py")


def test_every_marked_text_is_said_in_every_language() -> None:
    wanted = languages.template_of()
    assert len(wanted) > 100
    assert not [one for code in languages.OTHERS for one in languages.faults(code, wanted)]


@pytest.mark.parametrize("code", languages.OTHERS)
def test_the_check_sees_what_is_missing(code: str) -> None:
    wanted = languages.template_of()
    wanted.add("A text that nobody translated")
    assert any("A text that nobody translated" in one for one in languages.faults(code, wanted))


def test_the_check_sees_what_lost_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    spoilt = languages.read("de")
    told = spoilt.get("for %(name)s")
    assert told is not None
    told.string = "für jemanden"
    monkeypatch.setattr(languages, "read", lambda _code: spoilt)
    assert any("its places" in one for one in languages.faults("de", languages.template_of()))


@pytest.mark.parametrize(
    ("code", "one", "few", "many"),
    [("de", "neue", "neue", "neue"), ("pl", "nowe", "nowe", "nowych"), ("sr-latn", "novo", "nova", "novih")],
)
def test_numbers_take_the_form_of_the_language(code: str, one: str, few: str, many: str) -> None:
    with languages.catalogue_path(code).with_suffix(".mo").open("rb") as opened:
        kept = gettext.GNUTranslations(opened)
    texts = ("Notices, %(notices)s new", "Notices, %(notices)s new")
    assert [kept.ngettext(*texts, count).rsplit(" ", 1)[1] for count in (1, 3, 5)] == [one, few, many]


def test_only_doors_speak() -> None:
    found = [
        str(path.relative_to(ROOT / "src/handfast"))
        for path in (ROOT / "src/handfast").rglob("*.py")
        if "django.utils.translation" in path.read_text("utf-8")
    ]
    assert found
    assert [one for one in found if not any(door in one for door in DOORS)] == []


def test_the_default_needs_no_catalogue() -> None:
    assert DEFAULT in LANGUAGE_NAMES
    assert not languages.catalogue_path(DEFAULT).exists()
