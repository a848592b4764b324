"""The forms that add to the plan, link it, and set what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from handfast.transition.models import Link, Step
from handfast.transition.queries.checking import LONGEST_ROLE, LONGEST_SITE, LONGEST_TEXT, MOST_PEOPLE
from handfast.transition.web.forms import DAY, DurationField, WindowField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from handfast.transition.models import Activity, Wave

SHARED, OWN = "shared", "own"
CLOCKS = {
    "": "the calendar of the one that waits", "client": "the client's calendar", "provider": "the provider's calendar",
    "joint": "where both are open", "either": "where one is open", "elapsed": "elapsed time",
}  # fmt: skip


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, **given: Any) -> None:
        area = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, widget=area, help_text="One a line.", max_length=20_000, **given)

    def clean(self, value: Any) -> Any:
        """The lines that are not blank."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class AddActivityForm(forms.Form):
    """A new activity: first who sees it, then what it is. Nothing ever moves from one audience to the other."""

    audience = forms.ChoiceField(label="Who sees it", widget=forms.RadioSelect)
    name = forms.CharField(label="Name", max_length=300)
    lead = forms.ChoiceField(label="Lead", choices=Step.Lead.choices)
    step_key = forms.ChoiceField(label="Step", required=False)
    low = DurationField(label="At best")
    likely = DurationField(label="Likely", help_text="5d, 0.5d or 16h")
    high = DurationField(label="At worst")
    wave = forms.TypedChoiceField(label="Wave", coerce=int, required=False, empty_value=1)  # type: ignore[arg-type]  # the stubs know texts only
    not_before_on = forms.DateField(label="Not before", required=False, widget=DAY)
    deadline_on = forms.DateField(label="Deadline", required=False, widget=DAY)

    def __init__(
        self, *args: Any, steps: Iterable[Step], waves: Sequence[Wave], both: str, own: str, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        choices = [(SHARED, f"Both sides: {both}"), (OWN, f"Only {own}")]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if waves:
            self.fields["wave"].choices = [(one.number, f"{one.number}. {one.name}") for one in waves]  # type: ignore[attr-defined]  # as above
        else:
            del self.fields["wave"]
        named = [("", "none"), *((one.key, one.name) for one in steps)]
        self.fields["step_key"].choices = named  # type: ignore[attr-defined]  # as above

    def values(self) -> dict[str, Any]:
        """What the activity is, without who sees it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "audience"}


class LinkForm(forms.Form):
    """What an activity waits for."""

    before = forms.TypedChoiceField(label="Waits for")
    kind = forms.ChoiceField(label="How", choices=Link.Kind.choices)
    lag = forms.CharField(
        label="Lag",
        max_length=12,
        required=False,
        help_text="2d later, or -1d for a day before; empty for none",
    )
    lag_on = forms.ChoiceField(label="Counted on", required=False, choices=list(CLOCKS.items()))

    def __init__(self, *args: Any, others: Iterable[Activity], **given: Any) -> None:
        super().__init__(*args, **given)
        named = [(str(one.pk), one.name) for one in others]
        self.fields["before"].choices = [("", "choose an activity"), *named]  # type: ignore[attr-defined]  # a choice field


class FreezeForm(forms.Form):
    """Days on which named work does not run, or at part of its strength."""

    name = forms.CharField(label="Name", max_length=120)
    first_on = forms.DateField(label="First day", widget=DAY)
    last_on = forms.DateField(label="Last day", widget=DAY)
    percent = forms.IntegerField(
        label="Strength left", min_value=0, max_value=99, initial=0, help_text="0 for none, 50 for half"
    )
    leads = forms.MultipleChoiceField(
        label="Whose work", required=False, choices=Step.Lead.choices, widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: everybody's.",
    )  # fmt: skip
    step_keys = forms.MultipleChoiceField(
        label="Which steps",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all.",
    )

    def __init__(self, *args: Any, steps: Iterable[Step], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["step_keys"].choices = [(one.key, one.name) for one in steps]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """A freeze ends after it begins."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "It ends on its first day or later.")
        return given


class StepForm(forms.Form):
    """What a step says; in the lists each line is one thing."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    name = forms.CharField(label="Name", max_length=200)
    lead = forms.ChoiceField(label="Lead", choices=Step.Lead.choices)
    description = forms.CharField(
        label="What it is", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    client_actions = LinesField(label="What the client does")
    provider_actions = LinesField(label="What the provider does")
    deliverables = LinesField(label="What it leaves behind")
    criteria = LinesField(label="Its milestone is passed when")

    @classmethod
    def of(cls, step: Step) -> dict[str, Any]:
        """The form of a step as it stands."""
        said = {name: getattr(step, name) for name in ("name", "lead", "description")}
        lists = {
            name: "\n".join(getattr(step, name))
            for name in ("client_actions", "provider_actions", "deliverables")
        }
        criteria = "\n".join(one["text"] for one in step.criteria)
        return said | lists | {"criteria": criteria, "as_seen": step.seen_as}

    def changes(self, step: Step) -> dict[str, Any]:
        """The fields whose values are new; a criterion whose words stay keeps how it is computed."""
        known = {one["text"]: one for one in step.criteria}
        given = {name: value for name, value in self.cleaned_data.items() if name != "as_seen"}
        given["criteria"] = [known.get(text, {"text": text}) for text in given["criteria"]]
        return {name: value for name, value in given.items() if getattr(step, name) != value}


class StartForm(forms.Form):
    """The day on which the plan begins."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    starts_on = forms.DateField(label="Starts on", widget=DAY)


class CalendarForm(forms.Form):
    """A side's own week and holidays; what else its calendar holds stays."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    hours = WindowField(label="Hours, Monday to Friday")
    country = forms.RegexField(
        r"^[A-Z]{2}$", label="Holidays of", required=False, error_messages={"invalid": "Two capital letters, as in RS."},
        help_text="The country's ISO code, as in CA or RS; empty for none.",
    )  # fmt: skip
    subdivision = forms.CharField(
        label="Region", required=False, max_length=10, help_text="The region's ISO code, as in ON."
    )


class SiteForm(CalendarForm):
    """A site of the own side that works on a calendar of its own; under a name that is there, it is changed."""

    name = forms.CharField(label="Site", max_length=LONGEST_SITE)
    zone = forms.CharField(
        label="Zone", max_length=64, help_text="By its city, as in Europe/Warsaw or America/Toronto."
    )

    field_order = ("as_seen", "name", "zone")


class SiteNameForm(forms.Form):
    """A site to take away."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    name = forms.CharField(max_length=LONGEST_SITE)


class ReleasedForm(forms.Form):
    """How many of a role a side has released; none takes the role out."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    role = forms.CharField(label="Role", max_length=LONGEST_ROLE)
    number = forms.IntegerField(label="How many", min_value=0, max_value=MOST_PEOPLE)


class SignBaselineForm(forms.Form):
    """The baseline's number, typed: both sides hold to its dates."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    typed = forms.CharField(label="Type the baseline's number", max_length=6)


def link_of(form: LinkForm, activity: Activity, before: Activity, space: UUID) -> Link:
    """The link that the form describes, not written yet."""
    given = form.cleaned_data
    return Link(
        space_id=space, plan_id=activity.plan_id, before_id=before.pk, after_id=activity.pk, kind=given["kind"],
        lag=given["lag"].strip(), lag_on=given["lag_on"],
    )  # fmt: skip
