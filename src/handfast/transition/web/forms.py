"""What people may write into the forms of the plan; what it means is checked by the actions and the kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.engagement.models import Engagement
from handfast.kernel.refusal import Refusal
from handfast.kernel.scheduling.written import duration_of
from handfast.kernel.worktime.proposed import proposed_holidays
from handfast.kernel.worktime.windows import window_of
from handfast.transition.models import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handfast.transition.models import PlanTemplate
    from handfast.transition.queries.owning import Owner

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SIDES = ("client", "provider")
WORKING_WEEK = "mon-fri"


class DurationField(forms.CharField):
    """A duration as the plan writes it: `5d`, `0.5d`, `16h`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=12, **given)

    def clean(self, value: Any) -> Any:
        said: str = super().clean(value)
        if said:
            try:
                duration_of(said)
            except ValueError as wrong:
                raise forms.ValidationError(str(wrong)) from wrong
        return said


class WindowField(forms.CharField):
    """The hours of a working day: `09:00-17:00`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=11, **given)

    def clean(self, value: Any) -> Any:
        said: str = super().clean(value)
        if said:
            try:
                window_of(said)
            except ValueError as wrong:
                raise forms.ValidationError(str(wrong)) from wrong
        return said


class MakePlanForm(forms.Form):
    """Size, start, and both sides' weeks and holidays."""

    size = forms.ChoiceField(label="Template", choices=Engagement.Size.choices, widget=forms.RadioSelect)
    starts_on = forms.DateField(label="Starts on", widget=DAY)

    def __init__(
        self, *args: Any, names: dict[str, str], own: Iterable[PlanTemplate] = (), **given: Any
    ) -> None:
        super().__init__(*args, **given)
        choices = [*((str(one.pk), one.name) for one in own), *Engagement.Size.choices]
        self.fields["size"].choices = choices  # type: ignore[attr-defined]  # a choice field
        for side in SIDES:
            self.fields[f"{side}_country"] = forms.RegexField(
                r"^[A-Z]{2}$", label=f"Holidays of {names[side]}", required=False,
                help_text="The country's ISO code, as in CA or RS; empty for none.",
                error_messages={"invalid": "Two capital letters, as in RS."},
            )  # fmt: skip
            self.fields[f"{side}_hours"] = WindowField(
                label=f"Hours of {names[side]}, Monday to Friday", initial="09:00-17:00"
            )

    def clean(self) -> dict[str, Any]:
        """A country that the calendars do not know is told beside its field."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for side in SIDES:
            country, start = given.get(f"{side}_country"), given.get("starts_on")
            if country and start:
                try:
                    proposed_holidays(country, None, [start.year])
                except Refusal as refused:
                    self.add_error(f"{side}_country", str(refused))
        return given

    def calendars(self, zones: dict[str, str]) -> dict[str, Any]:
        """Both calendars as the plan's format writes them."""
        found: dict[str, Any] = {}
        for side in SIDES:
            said: dict[str, Any] = {
                "zone": zones[side],
                "hours": {WORKING_WEEK: [self.cleaned_data[f"{side}_hours"]]},
            }
            if self.cleaned_data[f"{side}_country"]:
                said["holidays"] = {"country": self.cleaned_data[f"{side}_country"]}
            found[side] = said
        return found


AGREED = "Agreed in the contract: an amendment there changes it."


class ActivityForm(forms.Form):
    """What is amended of an activity; a milestone and a gate last no time."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    name = forms.CharField(label="Name", max_length=300)
    lead = forms.ChoiceField(label="Lead", choices=Step.Lead.choices)
    owner_id = forms.TypedChoiceField(label="Owner", required=False, coerce=UUID, empty_value=None)
    low = DurationField(label="At best")
    likely = DurationField(label="Likely", help_text="5d, 0.5d or 16h")
    high = DurationField(label="At worst")
    site = forms.ChoiceField(label="Site", required=False)
    not_before_on = forms.DateField(label="Not before", required=False, widget=DAY)
    fixed_on = forms.DateField(label="Fixed for", required=False, widget=DAY)
    deadline_on = forms.DateField(label="Deadline", required=False, widget=DAY)
    reason = forms.CharField(
        label="Why", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed where the other side must accept it.",
    )  # fmt: skip

    FIELDS = (
        "name", "lead", "owner_id", "low", "likely", "high", "site", "not_before_on", "fixed_on", "deadline_on",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        lasts: bool,
        owners: Iterable[Owner],
        sites: Sequence[str],
        is_agreed: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        choices = [("", "nobody yet"), *((str(one.id), f"{one.name}, {one.organisation}") for one in owners)]
        self.fields["owner_id"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if sites:
            self.fields["site"].choices = [("", "where its side is"), *((one, one) for one in sites)]  # type: ignore[attr-defined]  # as above
        else:
            del self.fields["site"]
        if not lasts:
            for name in ("low", "likely", "high"):
                del self.fields[name]
        if is_agreed:
            self.fields["deadline_on"].help_text = AGREED
            self.fields["deadline_on"].widget = forms.DateInput(
                attrs={"type": "date", "readonly": True}, format="%Y-%m-%d"
            )

    def clean(self) -> dict[str, Any]:
        """Low, likely and high in this order, in one unit."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        said = [given.get(name) for name in ("low", "likely", "high")]
        if all(said):
            lengths = [duration_of(one) for one in said]
            if len({one.unit for one in lengths}) > 1:
                self.add_error("likely", "Write all three in days, or all three in hours.")
            elif not lengths[0].amount <= lengths[1].amount <= lengths[2].amount:
                self.add_error(
                    "likely", "At best is not longer than likely, likely not longer than at worst."
                )
        return given

    def changes(self, activity: Any) -> dict[str, Any]:
        """The fields whose values are new."""
        return {
            name: self.cleaned_data[name]
            for name in self.FIELDS
            if name in self.fields and getattr(activity, name) != self.cleaned_data[name]
        }


class ProgressForm(forms.Form):
    """What has happened, as of this evening."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    started_on = forms.DateField(label="Started on", required=False, widget=DAY)
    remaining = DurationField(
        label="Remaining", required=False, help_text="2d; empty while it runs as planned"
    )
    finished_on = forms.DateField(label="Finished on", required=False, widget=DAY)


class AnswerForm(forms.Form):
    """An answer to a proposed change."""

    reason = forms.CharField(label="Why", required=False, max_length=4000)


class MoveForm(forms.Form):
    """Where a bar is dragged to: a day to begin or to end on, or how many open days later or longer."""

    starts_on = forms.DateField(required=False)
    ends_on = forms.DateField(required=False)
    days = forms.IntegerField(required=False, min_value=-400, max_value=400)
    longer = forms.IntegerField(required=False, min_value=-400, max_value=400)
