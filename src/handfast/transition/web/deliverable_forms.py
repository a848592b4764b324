"""The forms of a deliverable; what they mean is checked by the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.people.models import Side
from handfast.transition.reading.deliverables import (
    LONGEST_LINE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_DAYS,
    MOST_LINES,
    Condition,
    DeliverableSaid,
)
from handfast.transition.refusals import AnswerIncomplete

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handfast.foundation.refusals import FieldsRefused
    from handfast.governance.web.rows import Person
    from handfast.transition.models import Deliverable

CONDITIONS = (1, 2, 3)
USUAL_DAYS = 5


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DeliverableForm(forms.Form):
    """A deliverable as it is planned or amended."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    title = forms.CharField(label="Deliverable", max_length=LONGEST_TITLE)
    text = forms.CharField(
        label="What it is", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    submits_side = forms.ChoiceField(label="Handed in by")
    owner = forms.ChoiceField(label="Who hands it in", required=False)
    reviewer = forms.ChoiceField(label="Who reviews it", required=False)
    due_on = forms.DateField(label="Due", widget=_day())
    review_days = forms.IntegerField(
        label="Review, working days", min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS,
        help_text="Whole days on the reviewer's own calendar.",
    )  # fmt: skip
    is_silence_acceptance = forms.BooleanField(
        label="No answer in time is an acceptance", required=False,
        help_text="Counts once the reviewing side has said so too.",
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Iterable[Person], names: Mapping[str, str],
        kept: Deliverable | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_initial(kept) if kept else {"submits_side": Side.PROVIDER})
        sides = [(side, names.get(side, side)) for side in reversed(Side.values)]
        self.fields["submits_side"].choices = sides  # type: ignore[attr-defined]  # a choice field
        known = [("", "nobody by name"), *((str(one.id), f"{one.name}, {one.party}") for one in people)]
        for name in ("owner", "reviewer"):
            left = getattr(kept, f"{name}_id", None)
            more = [] if left is None or str(left) in dict(known) else [(str(left), "somebody who left")]
            self.fields[name].choices = known + more  # type: ignore[attr-defined]  # as above

    def said(self) -> DeliverableSaid:
        given = self.cleaned_data
        return DeliverableSaid(
            given["title"], given["submits_side"], given["due_on"], given["review_days"],
            given["is_silence_acceptance"], given["text"], _id(given["owner"]), _id(given["reviewer"]),
        )  # fmt: skip


class HandInForm(forms.Form):
    """What is said with what is handed in."""

    note = forms.CharField(
        label="Note", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Attach the files first: their digests are kept with this round.",
    )  # fmt: skip


class RejectForm(forms.Form):
    """Why it is rejected, a reason a line."""

    reasons = forms.CharField(
        label="Reasons, one a line", max_length=MOST_LINES * (LONGEST_LINE + 2),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def lines(self) -> list[str]:
        return str(self.cleaned_data["reasons"]).splitlines()


class AcceptForm(forms.Form):
    """An acceptance; a condition is a line with its day and who owns it."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Iterable[Person]) -> None:
        super().__init__(data, auto_id="id_accept_%s")
        known = [("", "nobody yet"), *((str(one.id), f"{one.name}, {one.party}") for one in people)]
        for number in CONDITIONS:
            self.fields[f"condition_{number}"] = forms.CharField(
                label=f"Condition {number}", max_length=LONGEST_LINE, required=False
            )
            self.fields[f"by_{number}"] = forms.DateField(label="By", required=False, widget=_day())
            self.fields[f"owner_{number}"] = forms.ChoiceField(label="Owner", required=False, choices=known)

    def conditions(self) -> list[Condition]:
        """Those that are written. Raises AnswerIncomplete where one has no day."""
        given, found = self.cleaned_data, []
        for number in CONDITIONS:
            text, by = given[f"condition_{number}"], given[f"by_{number}"]
            if not text and not by:
                continue
            if by is None:
                said = f"condition {number}: say by which day"
                raise AnswerIncomplete(said, [(f"by_{number}", "say by which day")])
            found.append(Condition(text, by, _id(given[f"owner_{number}"])))
        return found


def tell(form: forms.Form, refusal: FieldsRefused) -> None:
    """Say each fault at its field, or above them all."""
    named = {"owner_id": "owner", "reviewer_id": "reviewer"}
    for name, fault in refusal.fields:
        field = named.get(name, name)
        form.add_error(field if field in form.fields else None, f"{fault[0].upper()}{fault[1:]}.")


def _initial(kept: Deliverable) -> dict[str, object]:
    names = ("as_seen", "title", "text", "submits_side", "due_on", "review_days", "is_silence_acceptance")
    found: dict[str, object] = {name: getattr(kept, name.replace("as_seen", "seen_as")) for name in names}
    return found | {"owner": str(kept.owner_id or ""), "reviewer": str(kept.reviewer_id or "")}


def _id(said: str) -> UUID | None:
    return UUID(said) if said else None
