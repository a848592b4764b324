"""Who a template's activities need: the role that mainly does each, one person of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handfast.transition.reading.templates import Template, TemplateActivity

SIDES = ("client", "provider")


def needs_of(template: Template) -> dict[str, list[dict[str, Any]]]:
    """By an activity's key what it needs, as the plan's format writes it. Both sides give one where both lead.

    Where nobody is named, as an organisation's own template may leave it, nothing is needed.
    """
    said = {one.done_by for one in template.activities}
    return {
        one.key: [{"role": _one_of(one.done_by, said), "side": side, "number": 1} for side in _sides(one)]
        if one.done_by
        else []
        for one in template.activities
    }


def _one_of(role: str, said: set[str]) -> str:
    """`key contacts` are two times a key contact, where the template knows one."""
    single = role.removesuffix("s")
    return single if single in said else role


def _sides(one: TemplateActivity) -> tuple[str, ...]:
    """The side that leads; of what both lead the side that the role names, or both."""
    if one.lead in SIDES:
        return (one.lead,)
    return tuple(side for side in SIDES if one.done_by.startswith(f"{side} ")) or SIDES
