"""What the documents claim: links that lead somewhere, and commands that run as shown."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|!\[[^\]\n]*\]\(([^)\s]+)\)")
_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>[^\n`]*)\n(?P<text>.*?)^(?P=fence)\s*$", re.MULTILINE | re.DOTALL
)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_EXIT = re.compile(r"\s+#\s*exit (\d+)$")
PROMPT = "$ "
ANYTHING = "…"


@dataclass(frozen=True, slots=True)
class ShownCommand:
    """A command of a ```console block: where it stands, its words, its exit code, the output lines shown."""

    place: str
    line: int
    words: tuple[str, ...]
    exits: int
    output: tuple[str, ...]


def anchor_of(heading: str) -> str:
    """The anchor that a heading gets on the usual forges."""
    plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return plain.strip().replace(" ", "-")


def link_faults(page: Path, text: str, root: Path) -> list[str]:
    """Relative links of one page to a file or heading that is not there."""
    faults = []
    prose = _FENCE.sub(lambda block: "\n" * block.group().count("\n"), text)
    for found in _LINK.finditer(prose):
        target = found.group(1) or found.group(2)
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        place = f"{page.relative_to(root).as_posix()}:{prose.count(chr(10), 0, found.start()) + 1}"
        aim = (page.parent / path).resolve() if path else page
        if not aim.is_relative_to(root) or not aim.exists():
            faults.append(f"{place}: the link to {target} leads nowhere")
        elif anchor and aim.suffix == ".md" and anchor not in _anchors_of(aim):
            faults.append(f"{place}: {path or page.name} has no heading #{anchor}")
    return faults


def _anchors_of(page: Path) -> set[str]:
    return {anchor_of(heading) for heading in _HEADING.findall(_FENCE.sub("", page.read_text("utf-8")))}


def shown_commands(place: str, text: str) -> list[ShownCommand]:
    """The `$ …` commands of all console blocks of a page with the output shown below each."""
    commands = []
    for block in _FENCE.finditer(text):
        if block.group("kind").strip() == "console":
            first = text.count("\n", 0, block.start("text")) + 1
            commands += _of_block(place, first, block.group("text").splitlines())
    return commands


def _of_block(place: str, first: int, lines: list[str]) -> list[ShownCommand]:
    starts = [number for number, line in enumerate(lines) if line.startswith(PROMPT)]
    commands = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        asked, below = lines[start].removeprefix(PROMPT), start + 1
        while asked.endswith("\\"):
            asked, below = asked[:-1] + lines[below].strip(), below + 1
        exits = int(stated.group(1)) if (stated := _EXIT.search(asked)) else 0
        output = tuple(line.rstrip() for line in lines[below:end] if line.strip())
        commands.append(
            ShownCommand(place, first + start, tuple(shlex.split(_EXIT.sub("", asked))), exits, output)
        )
    return commands


def output_faults(command: ShownCommand, printed: str) -> list[str]:
    """Lines shown that were not printed in this order; `…` stands for any lines, or for any rest of a line."""
    rest = [line.rstrip() for line in printed.splitlines() if line.strip()]
    faults = []
    for line in command.output:
        if line.strip() == ANYTHING:
            continue
        begins, dots, _ = line.partition(ANYTHING)
        at = next(
            (i for i, real in enumerate(rest) if (real.startswith(begins) if dots else real == line)), None
        )
        if at is None:
            faults.append(f"{command.place}:{command.line}: shown but not printed: {line}")
        else:
            rest = rest[at + 1 :]
    return faults
