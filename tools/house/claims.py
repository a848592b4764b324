"""What a test must be: a claim that is asserted, about real parts of the house, in the place that mirrors them."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.house.tree import Source

ASSERTING_CALLS = frozenset({"expect", "fail", "raises", "warns"})  # `expect` is the browser's
FOLDERS_WITHOUT_A_MIRROR = frozenset({"api", "architecture", "browser", "factories", "hostile", "journeys"})
FEWEST_WORDS = 3


def claim_faults(source: Source) -> list[str]:
    """A test that asserts nothing, whose name claims nothing, or that puts a mock in place of a part."""
    faults = [
        source.at(node, "a mock: pass the real part, or a small one of the test's own")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom | ast.Import) and "mock" in ast.unparse(node)
    ]
    asserting = _asserting_functions(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            if len(node.name.split("_")) <= FEWEST_WORDS:
                faults.append(source.at(node, f"{node.name}: a test's name is a claim, in words"))
            if node.name not in asserting:
                faults.append(source.at(node, f"{node.name} asserts nothing"))
    return faults


def _asserting_functions(tree: ast.Module) -> set[str]:
    """Functions that assert, also through another function of the same file."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    asserting = {name for name, node in functions.items() if any(map(_asserts, ast.walk(node)))}
    while grown := {name for name, node in functions.items() if _calls(node) & asserting} - asserting:
        asserting |= grown
    return asserting


def _asserts(node: ast.AST) -> bool:
    return isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and _name(node) in ASSERTING_CALLS)


def _calls(function: ast.FunctionDef) -> set[str]:
    return {_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def mirror_faults(tests: Iterable[Source], package: Iterable[Source]) -> list[str]:
    """Tests in a folder that mirrors no folder of the package."""
    known = {PurePosixPath(source.place).relative_to("src/handfast").parent for source in package}
    faults = []
    for test in tests:
        folder = PurePosixPath(test.place).relative_to("tests").parent
        if folder.parts and folder.parts[0] not in FOLDERS_WITHOUT_A_MIRROR and folder not in known:
            faults.append(f"{test.place}:1: src/handfast/{folder} does not exist: tests mirror the tree")
    return faults
