"""What people may write of themselves; what it means is checked by the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handfast.foundation.languages import LANGUAGE_NAMES
from handfast.foundation.texts import ADDRESS_LENGTH
from handfast.kernel.worktime.zones import zone_names
from handfast.people.models import ClientWord, Feed, ProviderWord

if TYPE_CHECKING:
    from handfast.people.models import Membership

DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("a year")))


class DetailsForm(forms.Form):
    """How the others read one's name, in which zone one reads the time, and in which language the pages."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    zone = forms.ChoiceField(
        label=_("Your time zone"),
        choices=lambda: [(one, one.replace("_", " ")) for one in sorted(zone_names())],
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=(("", _("As the browser asks")), *LANGUAGE_NAMES.items())
    )


class MailForm(forms.Form):
    """What is mailed at once, and at which hour all else."""

    is_mailed_approvals = forms.BooleanField(
        label=_("What waits for your answer"),
        help_text=_(
            "Statements, adjustments, terms, changes of the plan, deliverables, signatures, decisions,"
            " and a contract's last day of notice"
        ),
        required=False,
    )
    is_mailed_mentions = forms.BooleanField(
        label=_("Comments that mention you"),
        help_text=_("Where mail is taken in, you can answer them by mail"),
        required=False,
    )
    digest_hour = forms.TypedChoiceField(
        label=_("The daily mail"),
        choices=(("off", _("no daily mail")), *((f"{one}", f"{one:02}:00") for one in range(24))),
        coerce=lambda said: None if said == "off" else int(said),
        empty_value=None,
    )


class MembershipForm(forms.Form):
    """One of the person's own memberships, by its engagement."""

    membership = forms.ChoiceField(label=_("Engagement"))

    def __init__(self, *args: Any, memberships: list[tuple[Membership, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["membership"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        chosen.choices = [(str(one.pk), said) for one, said in memberships]


class FeedForm(MembershipForm):
    """Of which membership a calendar shows what, and how much of the plan."""

    holds = forms.ChoiceField(
        label=_("Shows"),
        choices=[(key, _(said)) for key, said in Feed.Holds.choices],
        initial=Feed.Holds.MINE,
    )


class TokenForm(MembershipForm):
    """What a token is for, as which membership it acts, and how long it lasts."""

    token_name = forms.CharField(label=_("What it is for"), max_length=80)
    membership = forms.ChoiceField(label=_("Acts in"))
    days = forms.TypedChoiceField(label=_("Lasts"), choices=DAYS, coerce=int, initial=90)
    field_order = ("token_name", "membership", "days")


class EraseForm(forms.Form):
    """One's own address, written once more."""

    email = forms.EmailField(
        label="Your address",
        max_length=ADDRESS_LENGTH,
        help_text="The one that you sign in with, so that nobody is erased by a slip.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class WordsForm(forms.Form):
    """What the organisation's people read for the two sides."""

    client_word = forms.ChoiceField(label="Who buys the service is the", choices=ClientWord.choices)
    provider_word = forms.ChoiceField(label="Who delivers it is the", choices=ProviderWord.choices)


class SignInForm(forms.Form):
    """By whose sign-in the organisation's people enter."""

    issuer = forms.ChoiceField(label="Its people sign in", required=False)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["issuer"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        chosen.choices = [("", "in any way"), *offered]
