"""The presets that are shipped: first guesses at the mappings of common exports."""

from __future__ import annotations

import difflib
from importlib.resources import files

from handfast.kernel.records.refusals import PresetUnknown


def preset_names() -> list[str]:
    """The names of all presets, sorted."""
    folder = files("handfast.kernel.records").joinpath("presets")
    return sorted(
        entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    )


def preset_text(name: str) -> str:
    """The YAML of a preset, to be pasted into terms and confirmed there."""
    names = preset_names()
    if name not in names:
        near = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"
        raise PresetUnknown(f"preset {name!r} is not known; {hint}")
    return files("handfast.kernel.records").joinpath("presets", f"{name}.yaml").read_text("utf-8")


def preset_title(name: str) -> str:
    """The first comment line of a preset: the tool and the export."""
    return preset_text(name).splitlines()[0].removeprefix("# ").rstrip(".")
