"""Gathers what the pages say into the catalogues of each language (--write), or names what is missing in them (--check)."""

from __future__ import annotations

import io
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation import to_locale
from django.utils.translation.template import templatize
from tools.house.tree import ROOT

from handfast.foundation.languages import DEFAULT, LANGUAGE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SOURCE = ROOT / "src/handfast"
PLACE = re.compile(r"%\(\w+\)s")
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "said_later": None}
OTHERS = [code for code in LANGUAGE_NAMES if code != DEFAULT]


def template_of() -> Catalog:
    """Every text that is marked, by its words alone: where it stands changes with every line that is written."""
    found = Catalog(charset="utf-8")
    for text, context in sorted(_marked(), key=lambda one: (str(one[0]), one[1] or "")):
        found.add(text, context=context)
    return found


def _marked() -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    for path in sorted(SOURCE.rglob("*.html")) + sorted(SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            if "translate" not in text:
                continue
            text = templatize(text)
        elif "gettext" not in text and "said_later" not in text:
            continue
        lines = io.BytesIO(text.encode())
        for _line, said, _comments, context in extract("python", lines, keywords=KEYWORDS):
            yield said, context


def catalogue_path(code: str) -> Path:
    return SOURCE / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po"


def read(code: str) -> Catalog:
    """The catalogue of a language as it stands; an empty one before there is any."""
    path = catalogue_path(code)
    found = Catalog(locale=to_locale(code), charset="utf-8")
    if path.exists():
        with path.open("rb") as opened:
            found = pofile.read_po(opened, locale=to_locale(code), charset="utf-8")
    found.project, found.version = "Handfast", ""
    found.msgid_bugs_address = found.last_translator = found.language_team = ""
    found.creation_date = found.revision_date = WRITTEN  # the same texts make the same bytes on any day
    return found


def brought_up(code: str, wanted: Catalog) -> Catalog:
    """The catalogue with every text of today and none of yesterday's; nothing is guessed from a similar one."""
    found = read(code)
    found.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    found.obsolete.clear()
    return found


def faults(code: str, wanted: Catalog) -> Iterator[str]:
    """What is missing, guessed or stale in a language."""
    found = brought_up(code, wanted)
    if _compiled(found) != _kept(code):
        yield f"{code}: the compiled catalogue is not what the texts say: run `python -m tools.languages --write`"
    for one in found:
        if not one.id:
            continue
        said = _texts(one.string)
        if not all(said) or one.fuzzy or len(said) != (found.num_plurals if one.pluralizable else 1):
            yield f"{code}: not translated: {one.id!r}"
        elif any(_places(text) - _places(*_texts(one.id)) for text in said) or (
            not one.pluralizable and _places(*said) != _places(str(one.id))
        ):
            yield f"{code}: {one.id!r}: its places are not those of the translation"


def _texts(told: str | Sequence[str] | None) -> tuple[str, ...]:
    return (told or "",) if isinstance(told, str | None) else tuple(told)


def _places(*texts: str) -> set[str]:
    """Where something is filled in: `%(name)s`."""
    return {place for text in texts for place in PLACE.findall(text)}


def _compiled(catalogue: Catalog) -> bytes:
    written = io.BytesIO()
    mofile.write_mo(written, catalogue)
    return written.getvalue()


def _kept(code: str) -> bytes:
    path = catalogue_path(code).with_suffix(".mo")
    return path.read_bytes() if path.exists() else b""


def save(code: str, found: Catalog) -> None:
    """Write a catalogue as people read it, and as the program does."""
    path = catalogue_path(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as opened:
        pofile.write_po(opened, found, width=110, omit_header=True, sort_output=True)
    path.with_suffix(".mo").write_bytes(_compiled(found))


def main(wanted: list[str]) -> int:
    """Write the catalogues, or check them."""
    template = template_of()
    if wanted == ["--write"]:
        for code in OTHERS:
            save(code, brought_up(code, template))
        return 0
    if wanted != ["--check"]:
        print("say --write or --check", file=sys.stderr)
        return 2
    found = [one for code in OTHERS for one in faults(code, template)]
    print("\n".join(found) or "every marked text is said in every language")
    return 1 if found else 0


if __name__ == "__main__":
    from django.conf import settings

    settings.configure(USE_I18N=False)
    sys.exit(main(sys.argv[1:]))
