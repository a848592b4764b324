"""What the kernel may not do: touch files outside engines and readers, ask the time or the machine, use floats for money."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.house.tree import Source

KERNEL = "src/handfast/kernel/"
FOLDERS_THAT_TOUCH_FILES = frozenset({"engines", "readers"})
FILE_MODULES = frozenset({"fileinput", "glob", "mmap", "os", "shutil", "tempfile"})
FILE_CALLS = frozenset(
    {
        "chmod", "exists", "glob", "hardlink_to", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes",
        "read_text", "rglob", "rmdir", "samefile", "stat", "symlink_to", "touch", "unlink", "write_bytes", "write_text",
    }
)  # fmt: skip
CLOCK_CALLS = frozenset({"now", "today", "utcnow"})
MACHINE_MODULES = frozenset(
    {"getpass", "locale", "platform", "random", "secrets", "sysconfig", "time", "uuid"}
)
# A part file that nobody else may hold needs a name by chance; it is renamed before anyone reads it.
MAKES_PASSING_NAMES = frozenset({"uuid"})
# How near a misspelt word must be is no amount.
FLOATS_OF_SPELLING = frozenset({"cutoff"})


def imported(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every import by the root of its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module.split(".")[0]


def called(tree: ast.Module) -> Iterator[tuple[ast.Call, str, bool]]:
    """Every call by its last name, and whether it is called on something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr, True
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id, False


def _may_touch_files(source: Source) -> bool:
    return bool(FOLDERS_THAT_TOUCH_FILES & set(PurePosixPath(source.place).parts))


def _is_file_method(call: ast.Call, name: str) -> bool:
    """`path.open()` or `path.open("rb")`, but not the `open(at)` of something that opens at an instant."""
    if name != "open":
        return name in FILE_CALLS
    return not call.args or (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))


def _calls_inside_hash(tree: ast.Module) -> set[ast.AST]:
    """What an object's own `__hash__` calls: it serves sets and dictionaries, never an answer."""
    hashes = (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__hash__"
    )
    return {inner for node in hashes for inner in ast.walk(node)}


def file_faults(source: Source) -> list[str]:
    """Outside engines/ and readers/ a kernel holds values, never files."""
    if _may_touch_files(source):
        return []
    faults = [
        source.at(node, f"imports {name}: only engines/ and readers/ touch files")
        for node, name in imported(source.tree)
        if name in FILE_MODULES
    ]
    faults += [
        source.at(node, f"calls {name}(): only engines/ and readers/ touch files")
        for node, name, is_method in called(source.tree)
        if (_is_file_method(node, name) if is_method else name == "open")
    ]
    return faults


def clock_faults(source: Source) -> list[str]:
    """Time, zone, locale, chance and the hash seed come from outside or not at all."""
    refused = MACHINE_MODULES - (MAKES_PASSING_NAMES if _may_touch_files(source) else frozenset())
    faults = [
        source.at(node, f"imports {name}: the answer may depend on nothing but the question")
        for node, name in imported(source.tree)
        if name in refused
    ]
    own_hashes = _calls_inside_hash(source.tree)
    for node, name, is_method in called(source.tree):
        if is_method and name in CLOCK_CALLS:
            faults.append(source.at(node, f"calls {name}(): the time is passed in"))
        elif is_method and name == "astimezone" and not node.args and not node.keywords:
            faults.append(
                source.at(node, "calls astimezone() without a zone: that asks the machine for its own")
            )
        elif not is_method and name == "hash" and node not in own_hashes:
            faults.append(source.at(node, "calls hash(): its answer changes with the hash seed"))
    return faults


def float_faults(source: Source) -> list[str]:
    """Money, shares and time are integers, fractions or decimals."""
    faults = []
    spelling = {
        node.value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.keyword) and node.arg in FLOATS_OF_SPELLING
    }
    for node in ast.walk(source.tree):
        if node in spelling:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            faults.append(source.at(node, f"the float {node.value!r}: write an int, a Fraction or a Decimal"))
        elif isinstance(node, ast.Name) and node.id == "float":
            faults.append(source.at(node, "names float: money, shares and time are exact"))
    return faults
