"""Makes the faces that printed pages are set in from those that the pages load: `python -m tools.faces`.

A browser reads packed faces, a typesetter does not; the shapes are the same. Each alphabet is a family of its own,
since one that is asked for by name is looked through first and alone.
"""

from __future__ import annotations

import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "@fontsource-variable" / "inter"
TARGET = ROOT / "src" / "handfast" / "foundation" / "faces"
# The file's alphabet, and the family's name.
ALPHABETS = {"latin": "Inter", "latin-ext": "Inter Ext", "greek": "Inter Greek", "cyrillic": "Inter Cyrillic"}
WEIGHTS = (400, 700)
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk", "tnum"]
FAMILY_NAMES = (1, 3, 4, 6, 16)


def face(alphabet: str, family: str) -> bytes:
    """One alphabet as a face of a single axis, its weight; the same bytes each time."""
    font = TTFont(SOURCE / "files" / f"inter-{alphabet}-wght-normal.woff2", recalcTimestamp=False)
    wanted = subset.Options(layout_features=FEATURES, hinting=False, name_IDs=["*"], recalc_timestamp=False)
    cut = subset.Subsetter(wanted)
    cut.populate(unicodes=font.getBestCmap())
    cut.subset(font)
    font = instantiateVariableFont(font, {"wght": WEIGHTS})
    for number in FAMILY_NAMES:
        font["name"].setName(family if number != 6 else family.replace(" ", ""), number, 3, 1, 0x409)  # noqa: PLR2004 - the name that PostScript knows has no blanks
    font.flavor = None
    kept = io.BytesIO()
    font.save(kept)
    return kept.getvalue()


def main() -> None:
    """Write the faces and their licence."""
    TARGET.mkdir(exist_ok=True)
    for alphabet, family in ALPHABETS.items():
        (TARGET / f"inter-{alphabet}.ttf").write_bytes(face(alphabet, family))
    (TARGET / "OFL.txt").write_text((SOURCE / "LICENSE").read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
