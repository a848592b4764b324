"""One cell of the list as a form: its state, its owner, its day, or what it chooses of its register's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from handfast.governance.queries.columns import OWN
from handfast.governance.web.forms import EntryForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import Register
    from handfast.governance.web.rows import Person

STATE = "state"
NAMED = {"owner": "owner", "due": "due_on"}


def cells_of(register: Register) -> list[str]:
    """The columns that are edited in the list."""
    return [STATE, *NAMED, *(f"{OWN}{one.key}" for one in register.own if one.kind == "choice")]


class CellForm(forms.Form):
    """The field of one column as the entry's own form has it; a state offers what can follow."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        entry: RegisterEntry,
        column: str,
        people: Iterable[Person],
    ) -> None:
        super().__init__(data, prefix=f"cell-{entry.pk}")
        if column == STATE:
            now = entry.kept_in.state(entry.state)
            states = [(one.key, one.name) for one in (now, *entry.kept_in.after(entry.state))]
            self.fields["value"], self.before = forms.ChoiceField(label="State", choices=states), entry.state
        else:
            whole, name = EntryForm(entry=entry, people=people), NAMED.get(column, column)
            self.fields["value"], self.before = whole.fields[name], str(whole.initial.get(name) or "")
        self.initial["value"] = self.before
        label = f"{self.fields['value'].label} of {entry.name}"
        self.fields["value"].widget.attrs |= {
            "aria-label": label,
            "autofocus": True,
            "class": "hf-cell-control",
        }

    @property
    def said(self) -> str:
        """What was chosen, as it is kept."""
        value = self.cleaned_data["value"]
        return "" if value is None else str(value)

    @property
    def now(self) -> str:
        """What stands in the cell at the moment, in words."""
        field = self.fields["value"]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[self.before])  # type: ignore[arg-type]  # pairs, as they were given
        return self.before or "no day"
