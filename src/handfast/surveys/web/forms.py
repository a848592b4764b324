"""The forms of surveys; what they mean is checked by the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.surveys.models import Survey
from handfast.surveys.reading.said import (
    ANSWERS,
    LONGEST_PURPOSE,
    LONGEST_TITLE,
    QuestionSaid,
    SurveySaid,
    questions_of,
)
from handfast.surveys.reading.usual import usual_surveys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handfast.foundation.refusals import FieldsRefused
    from handfast.people.models import Membership

OWN, SHARED = "own", "shared"
HOW = f"One a line, then “|” and how it is answered: {ANSWERS}."


def _questions() -> forms.CharField:
    return forms.CharField(
        label="Questions", max_length=20_000, required=False, help_text=HOW,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "true"}),
    )  # fmt: skip


def _day() -> forms.DateField:
    return forms.DateField(
        label="Last day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class SurveyForm(forms.Form):
    """What a draft says, also of one that is amended."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    title = forms.CharField(label="Title", max_length=LONGEST_TITLE, required=False)
    purpose = forms.CharField(
        label="What it is for", max_length=LONGEST_PURPOSE, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Read above the questions by whoever answers.",
    )  # fmt: skip
    questions = _questions()
    counted = forms.IntegerField(
        label="Counted question", required=False, min_value=1,
        help_text="Its number: the one that readiness counts. Answered by a score or by agree.",
    )  # fmt: skip
    closes_on = _day()
    is_anonymous = forms.BooleanField(label="Anonymous", required=False, initial=True)
    sent_by = forms.ChoiceField(label="Sent by", choices=Survey.SentBy.choices)

    def __init__(self, data: Mapping[str, Any] | None = None, *, kept: Survey | None = None) -> None:
        super().__init__(data, initial=_of_survey(kept) if kept else None, auto_id="id_survey_%s")

    def said(self, *, usual: str = "") -> SurveySaid:
        """What is empty says the usual questionnaire. Raises SurveyRefused."""
        given = self.cleaned_data
        known = usual_surveys().get(usual)
        asked = questions_of(given["questions"])
        counted = given["counted"] or (known.counted if known and not asked else None)
        return SurveySaid(
            given["title"] or (known.title if known else ""), given["purpose"], given["closes_on"],
            asked or (known.questions if known else ()), given["is_anonymous"], given["sent_by"], usual, counted,
        )  # fmt: skip


class DraftForm(SurveyForm):
    """A new one: of a usual questionnaire, or of own questions."""

    usual = forms.ChoiceField(label="Questionnaire", required=False)
    audience = forms.ChoiceField(
        label="Who reads the results", choices=[(SHARED, "both sides"), (OWN, "own side")]
    )
    field_order = (
        "usual",
        "title",
        "questions",
        "closes_on",
        "is_anonymous",
        "sent_by",
        "audience",
        "purpose",
        "counted",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, own_name: str = "") -> None:
        super().__init__(data)
        told = [
            (one.key, f"{one.title} ({len(one.questions)} questions)") for one in usual_surveys().values()
        ]
        self.fields["usual"].choices = [("", "own questions"), *told]  # type: ignore[attr-defined]  # a choice field
        if own_name:
            self.fields["audience"].choices = [(SHARED, "both sides"), (OWN, f"only {own_name}")]  # type: ignore[attr-defined]  # as above
        self.fields["title"].help_text = "Left empty: that of the questionnaire."
        self.fields["questions"].help_text = f"Left empty: those of the questionnaire. {HOW}"


class InviteForm(forms.Form):
    """A group, and who is in it."""

    group = forms.CharField(
        label="Group",
        max_length=60,
        required=False,
        help_text="A team, a site, a shift. Shown from five answers up.",
    )
    persons = forms.MultipleChoiceField(
        label="People of the engagement", required=False, widget=forms.CheckboxSelectMultiple
    )
    emails = forms.CharField(
        label="Addresses", max_length=150_000, required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="One a line."
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, members: Iterable[Membership]) -> None:
        super().__init__(data, auto_id="id_invite_%s")
        told = {str(one.person_id): f"{one.person.name}, {one.organisation.name}" for one in members}
        self.fields["persons"].choices = list(told.items())  # type: ignore[attr-defined]  # a choice field

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "group": given["group"],
            "persons": [UUID(one) for one in given["persons"]],
            "emails": given["emails"].replace("\r\n", "\n").split("\n"),
        }


def tell(form: forms.Form, refusal: FieldsRefused) -> None:
    """Each fault at its field, or above them all."""
    for name, fault in refusal.fields:
        form.add_error(name if name in form.fields else None, f"{fault[:1].upper()}{fault[1:]}.")


def _of_survey(kept: Survey) -> dict[str, object]:
    names = ("title", "purpose", "closes_on", "is_anonymous", "sent_by")
    asked = list(kept.questions.all())
    counted = next((one.number for one in asked if one.is_counted), None)
    lines = "\n".join(QuestionSaid(one.text, one.kind, tuple(one.choices)).line for one in asked)
    told: dict[str, object] = {name: getattr(kept, name) for name in names}
    return told | {"as_seen": kept.seen_as, "questions": lines, "counted": counted}
