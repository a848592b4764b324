"""Finds the guards of a module and gives each a switch: by the shape of the code alone, so that no list is kept by hand."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PACKAGE = "src/handfast/"
SWITCH = "guard_switch"
UNGUARDED = ("kernel", "cli", "settings", "urls.py")  # they know no actor, and no door leads past them
PREDICATE = re.compile(r"_?(may|can)(_|$)")
SIGHT = re.compile(r"_seen_by|_in_force")
CHECK = re.compile(r"_?check_")
LOOKUPS = frozenset({"filter", "get", "exclude"})
Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard: where it stands, what kind it is, and how it is written."""

    place: str
    line: int
    kind: str
    said: str
    key: str

    @property
    def room(self) -> str:
        return room_of(self.place)


def room_of(place: str) -> str:
    """The room that a file stands in."""
    return place.removeprefix(PACKAGE).split("/")[0]


def is_guarded(place: str) -> bool:
    """Whether a file can hold guards: those of the rooms and of the foundation."""
    return (
        place.startswith(PACKAGE)
        and place.endswith(".py")
        and room_of(place) not in UNGUARDED
        and "/migrations/" not in place
    )


def guards_of(text: str, place: str) -> list[Guard]:
    """The guards of a module, in the order of its lines."""
    return sorted(_switched(text, place)[1], key=lambda one: (one.line, one.key))


def with_switches(text: str, place: str) -> ast.Module:
    """The module with a switch at each guard; without one that is open it does what it did."""
    return _switched(text, place)[0]


def _switched(text: str, place: str) -> tuple[ast.Module, list[Guard]]:
    switching = _Switching(text, place)
    tree: ast.Module = switching.visit(ast.parse(text, filename=place))
    if switching.found:
        opening = 1 + max((n for n, node in enumerate(tree.body) if _is_opening(node)), default=-1)
        tree.body.insert(opening, ast.ImportFrom("tools.mutating", [ast.alias("switch", SWITCH)], 0))
    return ast.fix_missing_locations(tree), switching.found


def _is_opening(node: ast.stmt) -> bool:
    """A docstring or an import from the future: nothing may stand before them."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class _Switching(ast.NodeTransformer):
    """Walks a module once; knows the function that it is in."""

    def __init__(self, text: str, place: str) -> None:
        self.text, self.place = text, place
        self.found: list[Guard] = []
        self.functions: list[ast.FunctionDef] = []
        self.is_foundation = room_of(place) == "foundation"
        self.is_question = "queries" in place

    @property
    def is_predicate(self) -> bool:
        return any(PREDICATE.match(one.name) for one in self.functions[-1:])

    @property
    def is_sight(self) -> bool:
        """In a question asked for an actor, or in any function that is named as sight or makes an actor."""
        return any(_tells_sight(one, is_question=self.is_question) for one in self.functions)

    def key(self, node: ast.AST, kind: str) -> ast.Constant:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        key = f"{self.place.removeprefix(PACKAGE)}:{line}:{column}:{kind}"
        if any(one.key == key for one in self.found):
            key += f":{len(self.found)}"
        said = " ".join((ast.get_source_segment(self.text, node) or "").split())
        self.found.append(Guard(self.place, line, kind, said, key))
        return ast.Constant(key)

    def switched(
        self, name: str, *given: ast.expr, like: Node, keywords: Iterable[ast.keyword] = ()
    ) -> ast.Call:
        switch = ast.Attribute(ast.Name(SWITCH, ast.Load()), name, ast.Load())
        return ast.copy_location(ast.Call(switch, list(given), list(keywords)), like)

    def shut(self, node: ast.expr, kind: str) -> ast.expr:
        """A condition that can be made false."""
        return self.switched("shut", self.key(node, kind), node, like=node)

    def opened(self, node: ast.expr, kind: str) -> ast.expr:
        """A condition that can be made true."""
        return self.switched("opened", self.key(node, kind), node, like=node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        for number, decorator in enumerate(node.decorator_list):
            if isinstance(decorator, ast.Name) and "protect" in decorator.id:
                key = self.key(decorator, "decorator")
                node.decorator_list[number] = self.switched("guarded", key, decorator, like=decorator)
        self.functions.append(node)
        self.generic_visit(node)
        self.functions.pop()
        return node

    def visit_Return(self, node: ast.Return) -> ast.Return:
        if self.is_predicate and node.value is not None:
            self._each(node.value, ast.And, self.opened, "operand")
            node.value = self.opened(node.value, "predicate")
        self.generic_visit(node)
        return node

    def visit_If(self, node: ast.If) -> ast.If:
        test = node.test
        if _raises(node) or ((self.is_foundation or self.is_sight) and _leaves(node)):
            self._each(test, ast.Or, self.shut, "operand")
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                self._each(test.operand, ast.And, self.opened, "operand")
            node.test = self.shut(test, "refusal" if _raises(node) else "exit")
        elif self.is_sight and not node.orelse:
            self._each(test, ast.And, self.opened, "operand")
            node.test = self.opened(test, "condition")
        self.generic_visit(node)
        return node

    def _each(
        self, node: ast.expr, joined: type[ast.boolop], made: Callable[[ast.expr, str], ast.expr], kind: str
    ) -> None:
        """Give each side of `and` or `or` a switch of its own."""
        if isinstance(node, ast.BoolOp) and isinstance(node.op, joined):
            node.values = [made(one, kind) for one in node.values]

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        self.generic_visit(node)
        if self.is_sight:
            node.ifs = [self.opened(one, "choice") for one in node.ifs]
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.IfExp:
        self.generic_visit(node)
        if self.is_sight and _is_nothing(node.body):
            node.test = self.shut(node.test, "choice")
        elif self.is_sight and _is_nothing(node.orelse):
            node.test = self.opened(node.test, "choice")
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if not (self.is_foundation and self.functions and isinstance(node.op, ast.BitAnd)):
            return node
        left, right = self.key(node.left, "narrowing"), self.key(node.right, "narrowing")
        return self.switched("narrowed", left, right, node.left, node.right, like=node)

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        self.generic_visit(node)
        call = node.value
        if isinstance(call, ast.Call) and CHECK.match(_name_of(call.func)):
            key = self.key(call, "check")
            node.value = self.switched(
                "checked", key, call.func, *call.args, like=call, keywords=call.keywords
            )
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        name = _name_of(node.func)
        if name == "action":
            for one in node.keywords:
                if one.arg == "permits":
                    one.value = self.switched(
                        "permits", self.key(one.value, "permits"), one.value, like=one.value
                    )
        elif name == "writable" and isinstance(node.func, ast.Attribute) and not node.args:
            return self.switched("writable", self.key(node, "writable"), node.func.value, like=node)
        elif name in LOOKUPS and isinstance(node.func, ast.Attribute) and self._is_sight_filter(node):
            self._filter(node)
        return node

    def _is_sight_filter(self, node: ast.Call) -> bool:
        """A lookup of rows by conditions; `get` with a plain value asks a dictionary."""
        if any(isinstance(one, ast.Starred) for one in node.args):
            return False
        is_of_rows = bool(node.keywords) or (bool(node.args) and _name_of(node.func) != "get")
        return is_of_rows and (self.is_sight or self.is_foundation)

    def _filter(self, node: ast.Call) -> None:
        if node.args:
            keys = ast.Tuple([self.key(one, "filter") for one in node.args], ast.Load())
            given = self.switched("given", keys, *node.args, like=node.args[0])
            node.args = [ast.copy_location(ast.Starred(given, ast.Load()), given)]
        named = [one for one in node.keywords if one.arg is not None]
        if named:
            keys = ast.Tuple([self.key(one, "filter") for one in named], ast.Load())
            others = [one for one in node.keywords if one.arg is None]
            kept = self.switched("named", keys, like=node, keywords=named)
            node.keywords = [ast.keyword(None, kept), *others]


def _tells_sight(function: ast.FunctionDef, *, is_question: bool) -> bool:
    if SIGHT.search(function.name) or _names_actor(function.returns):
        return True
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    raised = [one.exc for one in ast.walk(function) if isinstance(one, ast.Raise) and one.exc]
    says_not_seen = any(_name_of(one) == "NotSeen" for one in raised)
    return is_question and (says_not_seen or any(_names_actor(one.annotation) for one in every))


def _names_actor(note: ast.expr | None) -> bool:
    return note is not None and any(isinstance(one, ast.Name) and one.id == "Actor" for one in ast.walk(note))


def _raises(node: ast.If) -> bool:
    return isinstance(node.body[-1], ast.Raise)


def _leaves(node: ast.If) -> bool:
    return len(node.body) == 1 and isinstance(node.body[0], (ast.Return, ast.Continue))


def _is_nothing(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _name_of(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=called):
            return _name_of(called)
    return ""
