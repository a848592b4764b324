"""`handfast presets`: first guesses at the mappings of common exports."""

from __future__ import annotations

from typing import Annotated

import typer

from handfast.kernel.records.readers.preset_files import preset_names, preset_text, preset_title


def presets(
    name: Annotated[str | None, typer.Argument(help="Print this preset; list them all if left out.")] = None,
) -> None:
    """List the mapping presets, or print one as YAML to paste into the terms and confirm there."""
    if name is not None:
        typer.echo(preset_text(name), nl=False)
        return
    names = preset_names()
    width = max(len(each) for each in names)
    for each in names:
        typer.echo(f"{each.ljust(width)}  {preset_title(each)}")
