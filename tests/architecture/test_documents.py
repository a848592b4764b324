"""What the documents claim is true: links lead somewhere, generated pages are current, shown commands run as shown."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.docs import pages, stale_pages
from tools.house.documents import ShownCommand, anchor_of, link_faults, output_faults, shown_commands
from tools.house.tree import ROOT, texts

HANDFAST = str(Path(sys.executable).parent / "handfast")
PAGES = {
    place: commands
    for path, text in texts(".md")
    if (commands := shown_commands(place := path.relative_to(ROOT).as_posix(), text))
}


def test_every_relative_link_leads_somewhere() -> None:
    faults = [fault for path, text in texts(".md") for fault in link_faults(path, text, ROOT)]
    assert not faults, "\n".join(faults)


def test_generated_pages_are_current() -> None:
    faults = stale_pages(pages())
    assert not faults, "\n".join(faults)


def test_stale_or_absent_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("old")
    wanted = {tmp_path / "old.md": "new", tmp_path / "absent.md": "new"}
    assert [fault.split(":")[0] for fault in stale_pages(wanted)] == ["old.md", "absent.md"]


@pytest.mark.parametrize("place", sorted(PAGES))
def test_commands_of_a_page_run_in_their_order_and_print_what_is_shown(place: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    faults = []
    for command in PAGES[place]:
        if command.words[0] == "handfast":
            ended = run(command, tmp_path)
            printed = ended.stdout + ended.stderr
            if ended.returncode != command.exits:
                faults.append(f"{command.place}:{command.line}: ended with {ended.returncode}: {printed}")
            faults += output_faults(command, printed)
    assert not faults, "\n".join(faults)


def run(command: ShownCommand, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [HANDFAST, *command.words[1:]],
        cwd=folder,
        env={**os.environ, "COLUMNS": "110", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "there.md").write_text("# It is there\n\n```\n# not a heading\n```\n")
    return tmp_path


@pytest.mark.parametrize(
    "link",
    [
        "[a](absent.md)",
        "![a](absent.png)",
        "[a](there.md#not-there)",
        "[a](../../outside.md)",
        "[a](#nowhere)",
    ],
)
def test_link_that_leads_nowhere_is_named_with_its_line(root: Path, link: str) -> None:
    assert link_faults(root / "docs" / "there.md", f"\n{link}\n", root)[0].startswith("docs/there.md:2: ")


@pytest.mark.parametrize(
    "text",
    [
        "[a](there.md)",
        "[a](there.md#it-is-there)",
        "[a](https://host/absent.md)",
        "```\n[a](absent.md)\n```\n",
    ],
)
def test_link_that_leads_somewhere_is_kept(root: Path, text: str) -> None:
    assert link_faults(root / "docs" / "there.md", text, root) == []


def test_anchor_is_the_heading_without_its_marks() -> None:
    assert anchor_of("`handfast` elapsed: how, and why?") == "handfast-elapsed-how-and-why"


PAGE = """# Page

```console
$ handfast one \\
    --two "three four"
first
…
third and …
$ handfast five # exit 2
```
"""


def test_shown_commands_are_read_with_their_output() -> None:
    assert shown_commands("page.md", PAGE) == [
        ShownCommand(
            "page.md", 4, ("handfast", "one", "--two", "three four"), 0, ("first", "…", "third and …")
        ),
        ShownCommand("page.md", 9, ("handfast", "five"), 2, ()),
    ]


def test_shown_output_holds_only_when_printed_in_this_order() -> None:
    command = shown_commands("page.md", PAGE)[0]
    assert output_faults(command, "first\nsecond\nthird and more\n") == []
    assert output_faults(command, "third and more\nfirst\n") == [
        "page.md:4: shown but not printed: third and …"
    ]
    assert output_faults(command, "") == [
        "page.md:4: shown but not printed: first",
        "page.md:4: shown but not printed: third and …",
    ]
