"""Makes docs/reference/commands.md from the command line itself."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from typer.main import get_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer


def commands_page(app: typer.Typer) -> str:
    """Every verb of `handfast` with its arguments and options, as its own help says them."""
    group: Any = get_command(app)
    lines = [
        "# Commands",
        "",
        "What `handfast` can do; `handfast VERB --help` says the same. Made by `make docs`; edit the verbs, not this page.",
        "",
        "Exit codes: 0 done, 1 the answer is no, 2 refused (see [refusals](refusals.md)), 70 a fault of the program.",
        "",
    ]
    for path, command in _commands(("handfast",), group):
        lines += _entry(path, command)
    return "\n".join(lines).rstrip() + "\n"


def _commands(path: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name in sorted(inner):
        yield from _commands((*path, name), inner[name])


def _entry(path: tuple[str, ...], command: Any) -> list[str]:
    given = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option" and not param.hidden]
    words = [
        *path,
        *(_argument(param) for param in given),
        *(_option(param) for param in options if param.required),
    ]
    words += ["[OPTIONS]"] if any(not param.required for param in options) else []
    lines = [f"## {' '.join(path)}", "", inspect.cleandoc(command.help or "").replace("\f", ""), ""]
    lines += ["```", " ".join(words), "```", ""]
    rows = [(_argument(param), param) for param in given] + [(_option(param), param) for param in options]
    if rows:
        lines += ["| | |", "|---|---|"]
        lines += [f"| `{shown}` | {_said(param)} |" for shown, param in rows]
        lines.append("")
    return lines


def _argument(param: Any) -> str:
    name = param.metavar or str(param.name).upper()
    name = f"{name}..." if param.nargs == -1 and not name.endswith("...") else name
    return name if param.required else f"[{name}]"


def _option(param: Any) -> str:
    names = ", ".join((*param.opts, *param.secondary_opts))
    return names if param.is_flag else f"{names} {param.metavar or str(param.name).upper()}"


def _said(param: Any) -> str:
    parts = [" ".join((param.help or "").split()).replace("|", "\\|")]
    default = param.default
    if isinstance(default, str | int) and not isinstance(default, bool) and default != "":
        parts.append(f"Default: `{default}`.")
    if param.envvar:
        parts.append(f"Also read from `{param.envvar}`.")
    return " ".join(part for part in parts if part)
