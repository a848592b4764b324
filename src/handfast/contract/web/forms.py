"""What people may write into the forms of contracts; what it means is checked by the actions and the kernel."""

from __future__ import annotations

from typing import Any

from django import forms

from handfast.contract.reading.usual import MEASURES, WITHIN_TARGET, Promise
from handfast.kernel.worktime.windows import DAYS
from handfast.kernel.worktime.zones import zone_names

DAY_NAMES = dict(
    zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)
PERCENT = r"^\d{1,3}(\.\d{1,4})?$"
NUMBER = r"^\d{1,6}(\.\d{1,4})?$"
UNITS = (("m", "minutes"), ("h", "hours"))


class AgreementForm(forms.Form):
    """What was signed."""

    title = forms.CharField(label="Title", max_length=120)
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label="Currency", error_messages={"invalid": "Three capital letters, as in CAD."}
    )
    signed_on = forms.DateField(
        label="Signed on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class UsualForm(forms.Form):
    """The usual terms of a small desk."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    name = forms.CharField(label="Agreement", max_length=120)
    zone = forms.ChoiceField(
        label="Time zone", choices=[], help_text="Its days and months begin and end there."
    )
    first = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label="Until, not included", widget=forms.DateInput(attrs={"type": "date"}))
    client = forms.CharField(label="Client", max_length=120, required=False)
    provider = forms.CharField(label="Provider", max_length=120, required=False)
    country = forms.RegexField(
        r"^[A-Z]{2}$", label="Country of holidays", required=False,
        help_text="Its ISO code, as in RS, PL or CA; empty for none.",
        error_messages={"invalid": "Two capital letters, as in RS."},
    )  # fmt: skip
    source = forms.ChoiceField(label="Records from", choices=[])
    created = forms.CharField(label="Event that starts", max_length=120, initial="created")
    first_reply = forms.CharField(label="Event of the first reply", max_length=120, initial="first_reply")
    resolved = forms.CharField(label="Event that resolves", max_length=120, initial="resolved")
    waiting = forms.CharField(
        label="Event that pauses",
        max_length=120,
        required=False,
        help_text="As in Waiting for customer; empty for none.",
    )

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        for name, choices in (("zone", [(one, one) for one in zone_names()]), ("source", sources)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
            chosen.choices = choices
        for day, label in DAY_NAMES.items():
            self.fields[f"hours_{day}"] = forms.CharField(
                label=label,
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs={"placeholder": "closed"}),
            )
        for key, label in MEASURES.items():
            self._promise_fields(key, label)

    def _promise_fields(self, key: str, label: str) -> None:
        wrong = {"invalid": "A plain number, as in 92 or 92.5."}
        pattern = NUMBER if key == "satisfaction" else PERCENT
        self.fields[f"{key}_is_chosen"] = forms.BooleanField(label=label, required=False)
        if key in WITHIN_TARGET:
            self.fields[f"{key}_target"] = forms.IntegerField(
                label="within", required=False, min_value=1, max_value=99_999
            )
            self.fields[f"{key}_unit"] = forms.ChoiceField(label="unit", choices=UNITS, required=False)
        for which in ("expected", "minimum"):
            self.fields[f"{key}_{which}"] = forms.RegexField(
                pattern, label=which, required=False, error_messages=wrong
            )

    def clean(self) -> dict[str, Any]:
        """A measure that is chosen needs what is expected of it, and its target where it has one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(given.get(f"{key}_is_chosen") for key in MEASURES):
            self.add_error(None, "Choose at least one measure.")
        for key in MEASURES:
            if not given.get(f"{key}_is_chosen"):
                continue
            if f"{key}_expected" not in self.errors and not given.get(f"{key}_expected"):
                self.add_error(f"{key}_expected", "Say what is expected.")
            if key in WITHIN_TARGET and f"{key}_target" not in self.errors and not given.get(f"{key}_target"):
                self.add_error(f"{key}_target", "Say within which time.")
        return given

    def hours(self) -> dict[str, str]:
        """The windows by day, closed days left out."""
        found = {day: self.cleaned_data[f"hours_{day}"] for day in DAYS}
        return {day: windows for day, windows in found.items() if windows}

    def promises(self) -> dict[str, Promise]:
        """The measures that were chosen."""
        given = self.cleaned_data
        return {
            key: Promise(
                given[f"{key}_expected"], given[f"{key}_minimum"],
                str(given.get(f"{key}_target") or ""), given.get(f"{key}_unit") or "h",
            )
            for key in MEASURES
            if given[f"{key}_is_chosen"]
        }  # fmt: skip

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"hours_{day}"] for day in DAYS]

    @property
    def measures(self) -> list[dict[str, forms.BoundField | None]]:
        """The fields of each measure, as a row shows them."""
        parts = ("is_chosen", "target", "unit", "expected", "minimum")
        return [
            {part: self[f"{key}_{part}"] if f"{key}_{part}" in self.fields else None for part in parts}
            for key in MEASURES
        ]
