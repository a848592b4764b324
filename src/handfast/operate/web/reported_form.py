"""The form of a reported value: what a person types, as the terms language writes it."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from handfast.operate.queries.reported import Report

PERIOD = r"^\d{4}-(0[1-9]|1[0-2])$"
_COUNTS = re.compile(r"([0-9][0-9,]*)\s*(?:of|/)\s*([0-9][0-9,]*)")
CHARGES = "charges"  # no key of a measure: nothing but the charges of a month is reported without one


def said_of(text: str) -> dict[str, Any]:
    """`96.5 %` is a share, `41 of 43` its two counts, anything else a number; the terms judge it."""
    value = " ".join(text.split())
    if counts := _COUNTS.fullmatch(value):
        numerator, n = (int(part.replace(",", "")) for part in counts.groups())
        return {"numerator": numerator, "n": n}
    return {"share": value} if value.endswith("%") else {"number": value.replace(",", "")}


def value_said(said: dict[str, Any]) -> str:
    """A reported value as it is read: the reverse of `said_of`."""
    if "n" in said:
        return f"{said['numerator']:,} of {said['n']:,}"
    return str(said.get("share") or said.get("number", ""))


class ReportForm(forms.Form):
    """A value of a month, who attests it, and the file that it rests on."""

    measure = forms.ChoiceField(label="What")
    period = forms.RegexField(PERIOD, label="Month", max_length=7, help_text="as 2026-03")
    value = forms.CharField(
        label="Value", max_length=60, help_text="96.5 %, or 41 of 43, or a number, as the terms want it"
    )
    attested_by = forms.CharField(label="Attested by", max_length=200, help_text="who answers for the figure")
    file_name = forms.CharField(
        label="File", max_length=200, required=False, help_text="what the figure rests on; it stays with you"
    )
    file_sha256 = forms.RegexField(
        r"^[0-9a-f]{64}$", label="SHA-256 of the file", max_length=64, required=False,
        help_text="by it both sides can tell the file again",
    )  # fmt: skip

    def __init__(self, *args: object, choices: list[tuple[str, str]], **values: object) -> None:
        super().__init__(*args, **values)  # type: ignore[arg-type]  # Django's own keywords
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A digest names a file, and a file without one cannot be told again."""
        values = super().clean() or self.cleaned_data
        if bool(values.get("file_name")) != bool(values.get("file_sha256")):
            self.add_error("file_sha256", "write the file's name and its SHA-256, or neither")
        return values

    def report(self) -> Report:
        """What is reported."""
        values = self.cleaned_data
        return Report(
            "" if values["measure"] == CHARGES else values["measure"],
            values["period"],
            said_of(values["value"]),
            values["attested_by"],
            values["file_name"],
            values["file_sha256"],
        )
