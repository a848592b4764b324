"""What people may write into the forms of engagements; what it means is checked by the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from handfast.engagement.models import Engagement
from handfast.kernel.worktime.zones import zone_names
from handfast.people.models import Person, Side
from handfast.people.roles import roles_of_side

if TYPE_CHECKING:
    from handfast.kernel.refusal import Refusal
    from handfast.people.models import Organisation
    from handfast.people.queries import SideWords

CURRENCIES = ("AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "INR", "JPY", "MXN", "NOK", "PHP", "PLN", "RON", "RSD", "SEK", "SGD", "USD", "ZAR")  # fmt: skip
NEW = "new"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def zone_choices() -> list[tuple[str, str]]:
    """Zones as cities of continents, and UTC."""
    named = sorted(
        name for name in zone_names() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in named)]


def currency_choices(kept: str = "") -> list[tuple[str, str]]:
    """The currencies of most deals, and the one that stands already."""
    return [(one, one) for one in sorted({*CURRENCIES, *([kept] if kept else [])})]


def told_by(form: forms.Form, refusal: Refusal) -> None:
    """Put what an action refused beside its fields; what has no field stands above the form."""
    named = [(name if name in form.fields else None, said) for name, said in getattr(refusal, "fields", ())]
    for name, said in named or [(None, str(refusal))]:
        form.add_error(name, said)


class SetUpForm(forms.Form):
    """A new engagement; its size is asked first, on cards."""

    size = forms.ChoiceField(
        choices=Engagement.Size.choices, widget=forms.RadioSelect, label="How big is it?"
    )
    side = forms.ChoiceField(label="You are the")
    organisation_name = forms.CharField(label="Your organisation", max_length=120)
    other_name = forms.CharField(
        label="What it is called",
        max_length=120,
        help_text="Its name is enough. It can join later by an invitation.",
    )
    name = forms.CharField(
        label="Name of the engagement", max_length=120, help_text="As both sides call it: Customer Support."
    )
    zone = forms.ChoiceField(label="Your time zone", choices=zone_choices)
    other_zone = forms.ChoiceField(label="The other side's time zone", choices=zone_choices)
    currency = forms.ChoiceField(label="Currency of the contract", choices=currency_choices)

    def __init__(self, *args: Any, has_organisation: bool, words: SideWords, **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["side"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        chosen.choices = [
            (Side.CLIENT.value, f"{words.client.capitalize()}, who buys the service"),
            (Side.PROVIDER.value, f"{words.provider.capitalize()}, who delivers it"),
        ]
        if has_organisation:
            del self.fields["organisation_name"]


class SettingsForm(forms.Form):
    """What the deal says of itself; `as_seen` is what the form was opened on."""

    name = forms.CharField(label="Name", max_length=120)
    size = forms.ChoiceField(label="Size", choices=Engagement.Size.choices)
    zone = forms.ChoiceField(label="Time zone of the contract", choices=zone_choices)
    currency = forms.ChoiceField(label="Currency")
    signed_on = forms.DateField(label="Signed on", required=False, widget=DAY)
    live_on = forms.DateField(label="Live on", required=False, widget=DAY)
    notice_on = forms.DateField(label="Notice by", required=False, widget=DAY)
    ends_on = forms.DateField(label="Ends on", required=False, widget=DAY)
    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=400)

    def __init__(self, *args: Any, currency: str, **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["currency"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        chosen.choices = currency_choices(currency)


class SideRolesForm(forms.Form):
    """The roles that a side can give."""

    roles = forms.MultipleChoiceField(label="Roles", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, side: str, **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["roles"]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker what stands above
        chosen.choices = [(role.key, role.name) for role in roles_of_side(side)]


class RolesForm(SideRolesForm):
    """Other roles for somebody; `as_seen` is what the form was opened on."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=400)


class InviteForm(SideRolesForm):
    """Whom to invite; where the other side is not in yet, also to which side."""

    email = forms.EmailField(label="Work e-mail")
    starts_on = forms.DateField(label="From", required=False, widget=DAY)
    ends_on = forms.DateField(
        label="Until the end of", required=False, widget=DAY,
        help_text="For an auditor or another guest: it ends by itself, in sessions that are open too. By your own clock.",
    )  # fmt: skip
    field_order = ("email", "roles", "starts_on", "ends_on")


class BringForm(forms.Form):
    """For which of their organisations somebody joins who is known."""

    organisation = forms.ChoiceField(label="You join for", widget=forms.RadioSelect)

    def __init__(self, *args: Any, known: list[Organisation], party: str, **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["organisation"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        chosen.choices = [*((str(one.pk), one.name) for one in known), (NEW, f"a new organisation, {party}")]


class JoinForm(forms.Form):
    """Name, zone and password of somebody whose address is new."""

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    zone = forms.ChoiceField(label="Your time zone", choices=zone_choices)
    password = forms.CharField(
        label="Password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters.",
    )  # fmt: skip

    def __init__(self, *args: Any, email: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.email = email

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        try:
            validate_password(told.get("password", ""), Person(email=self.email, name=told.get("name", "")))
        except forms.ValidationError as wrong:
            if told.get("password"):
                self.add_error("password", wrong)
        return told
