"""The forms of criteria, words, waivers and decisions; what they mean is checked by the verbs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.people.models import Side
from handfast.people.roles import ROLES
from handfast.readiness.models import ATTESTED, Criterion, GateDecision
from handfast.readiness.proofs import PROOFS
from handfast.readiness.reading.said import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    SIGNS,
    ConditionSaid,
    CriterionSaid,
    DecisionSaid,
    GateSaid,
    WaiverSaid,
)
from handfast.readiness.refusals import GateDecisionRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handfast.foundation.refusals import FieldsRefused
    from handfast.governance.web.rows import Person
    from handfast.readiness.models import Gate

CONDITIONS = (1, 2, 3)
Outcome = GateDecision.Outcome


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _lines(label: str, *, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, help_text=help_text, widget=forms.Textarea(attrs={"rows": 2})
    )


class GateForm(forms.Form):
    """A gate as it is added or amended."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    name = forms.CharField(label="Gate", max_length=LONGEST_NAME)
    step_keys = forms.MultipleChoiceField(
        label="Over the steps", required=False, widget=forms.CheckboxSelectMultiple
    )
    client_roles = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    provider_roles = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    agreed = forms.ChoiceField(label="Releases the payment of", required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, steps: Sequence[tuple[str, str]],
        milestones: Sequence[tuple[str, str]], names: Mapping[str, str], kept: Gate | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_of_gate(kept) if kept else None, auto_id="id_gate_%s")
        choices = {"step_keys": list(steps), "agreed": [("", "no milestone of the contract"), *milestones]}
        for side in Side.values:
            choices[f"{side}_roles"] = [
                (one.key, one.name)
                for one in ROLES.values()
                if side in one.sides and SIGNS in one.capabilities
            ]
            self.fields[f"{side}_roles"].label = f"Signs for {names.get(side, side)}"
            self.fields[
                f"{side}_roles"
            ].help_text = "Any one of them. Nobody ticked: whoever manages the plan."
        for name, told in choices.items():
            self.fields[name].choices = told  # type: ignore[attr-defined]  # choice fields

    def said(self) -> GateSaid:
        given = self.cleaned_data
        agreed = UUID(given["agreed"]) if given["agreed"] else None
        return GateSaid(
            given["name"], tuple(given["step_keys"]), tuple(given["client_roles"]), tuple(given["provider_roles"]), agreed
        )  # fmt: skip


def _of_gate(kept: Gate) -> dict[str, object]:
    names = ("name", "step_keys", "client_roles", "provider_roles")
    told: dict[str, object] = {name: getattr(kept, name) for name in names}
    return told | {"as_seen": kept.seen_as, "agreed": str(kept.agreed_id or "")}


class CriterionForm(forms.Form):
    """A criterion as it is added or amended."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    text = forms.CharField(label="Criterion", max_length=LONGEST_LINE)
    proof = forms.ChoiceField(label="Shown by")
    compare = forms.ChoiceField(label="Needs", choices=Criterion.Compare.choices, initial="=", required=False)
    needs = forms.DecimalField(
        label="Value", initial=1, min_value=0, max_digits=12, decimal_places=4, required=False,
        help_text="A share from 0 to 1: 95 % is 0.95. Of an attestation it is a yes.",
    )  # fmt: skip
    is_blocking = forms.BooleanField(label="Blocks its gate", required=False, initial=True)
    step_key = forms.ChoiceField(label="Step", required=False)
    word = forms.ChoiceField(label="Whose word, where it is attested", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    due_on = forms.DateField(label="Due", required=False, widget=_day())
    expected_on = forms.DateField(
        label="Expected to hold on", required=False, widget=_day(),
        help_text="From this day the plan reckons what it costs.",
    )  # fmt: skip
    fresh_days = forms.IntegerField(
        label="Stale after, days", required=False, min_value=1, max_value=999,
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Iterable[Person],
        steps: Sequence[tuple[str, str]], names: Mapping[str, str], kept: Criterion | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_initial(kept) if kept else None, auto_id="id_criterion_%s")
        choices = {
            "proof": [(ATTESTED, "the word of a person"), *((one.key, one.name) for one in PROOFS.values())],
            "step_key": [("", "no step"), *steps],
            "word": _words(names),
            "owner": [
                ("", "nobody by name"),
                *((str(one.id), f"{one.name}, {one.party}") for one in people),
            ],
        }
        for name, told in choices.items():
            self.fields[name].choices = told  # type: ignore[attr-defined]  # choice fields
        left = kept.owner_id if kept else None
        if left is not None and str(left) not in dict(choices["owner"]):
            self.fields["owner"].choices += [(str(left), "somebody who left")]  # type: ignore[attr-defined]  # as above

    def said(self) -> CriterionSaid:
        given = self.cleaned_data
        side, _, role = given["word"].partition(":")
        needs = given["needs"]
        return CriterionSaid(
            text=given["text"], proof=given["proof"], compare=given["compare"] or "=",
            needs=needs if needs is not None else Decimal(1),
            is_blocking=given["is_blocking"], step_key=given["step_key"], attests_side=side, attests_role=role,
            owner_id=UUID(given["owner"]) if given["owner"] else None, due_on=given["due_on"],
            expected_on=given["expected_on"], fresh_days=given["fresh_days"],
        )  # fmt: skip


class WordForm(forms.Form):
    """A person's word on a criterion."""

    holds = forms.ChoiceField(
        label="Does it hold?", choices=(("yes", "Yes, it holds"), ("no", "No, it does not"))
    )
    note = _lines("On what that rests")


class WaiverForm(forms.Form):
    """Letting a criterion go for a time."""

    reason = _lines("Reason")
    risk = _lines("Risk")
    until_then = _lines("Until then", help_text="What is done meanwhile, in its place.")
    expires_on = forms.DateField(
        label="Last day", widget=_day(), help_text="From the next day the criterion bites again."
    )

    def said(self) -> WaiverSaid:
        given = self.cleaned_data
        return WaiverSaid(given["reason"], given["risk"], given["until_then"], given["expires_on"])


class ReasonForm(forms.Form):
    """Why something is declined, or what was done."""

    reason = _lines("Reason")


class SignForm(forms.Form):
    """What is typed to sign: the outcome."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    typed = forms.CharField(max_length=40)

    def __init__(self, data: Mapping[str, Any] | None = None, *, outcome: str, sha256: str) -> None:
        super().__init__(data, initial={"sha256": sha256}, auto_id="id_sign_%s")
        self.wanted = Outcome(outcome).label
        self.fields["typed"].label = f"Type “{self.wanted}” to sign"

    def clean_typed(self) -> str:
        told = str(self.cleaned_data["typed"]).strip()
        if told.casefold() != self.wanted.casefold():
            raise forms.ValidationError(f"Type {self.wanted}: nothing is signed.")
        return told


class DecisionForm(forms.Form):
    """A decision that is opened for signing; a condition is a line with its owner and its day."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    outcome = forms.ChoiceField(label="Outcome", choices=Outcome.choices)
    note = forms.CharField(
        label="Note", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    repeat_on = forms.DateField(label="Next try, of a no-go", required=False, widget=_day())

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Iterable[Person], as_seen: str = ""
    ) -> None:
        super().__init__(data, initial={"as_seen": as_seen}, auto_id="id_decision_%s")
        known = [("", "nobody yet"), *((str(one.id), f"{one.name}, {one.party}") for one in people)]
        for number in CONDITIONS:
            self.fields[f"condition_{number}"] = forms.CharField(
                label=f"Condition {number}", max_length=LONGEST_LINE, required=False
            )
            self.fields[f"owner_{number}"] = forms.ChoiceField(label="Owner", required=False, choices=known)
            self.fields[f"by_{number}"] = forms.DateField(label="By", required=False, widget=_day())

    def said(self) -> DecisionSaid:
        """Raises GateDecisionRefused where a condition lacks its owner or its day."""
        given = self.cleaned_data
        return DecisionSaid(given["outcome"], given["note"], tuple(self._conditions()), given["repeat_on"])

    def _conditions(self) -> Iterable[ConditionSaid]:
        given = self.cleaned_data
        for number in CONDITIONS:
            text, owner, by = (given[f"{name}_{number}"] for name in ("condition", "owner", "by"))
            if not (text or owner or by):
                continue
            for name, value, wanted in (
                ("owner", owner, "choose who owns it"), ("by", by, "say by which day it is done"),
            ):  # fmt: skip
                if not value:
                    raise GateDecisionRefused(f"condition {number}: {wanted}", [(f"{name}_{number}", wanted)])
            yield ConditionSaid(text, UUID(owner), by)


def tell(form: forms.Form, refusal: FieldsRefused) -> None:
    """Say each fault at its field, or above them all."""
    named = {
        "owner_id": "owner", "attests_side": "word", "attests_role": "word", "conditions": "condition_1",
        "answer": "reason", "agreed_id": "agreed",
    }  # fmt: skip
    for name, fault in refusal.fields:
        field = named.get(name, name)
        form.add_error(field if field in form.fields else None, f"{fault[0].upper()}{fault[1:]}.")


def _words(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Whose word it can be: a side, or one role of it."""
    found = [("", "of either side")]
    for side, name in names.items():
        found.append((f"{side}:", name))
        found += [(f"{side}:{one.key}", f"{name}, {one.name}") for one in ROLES.values() if side in one.sides]
    return found


def _initial(kept: Criterion) -> dict[str, object]:
    names = (
        "text", "proof", "compare", "needs", "is_blocking", "step_key", "due_on", "expected_on", "fresh_days",
    )  # fmt: skip
    found: dict[str, object] = {name: getattr(kept, name) for name in names}
    side = f"{kept.attests_side}:{kept.attests_role}" if kept.attests_side else ""
    return found | {"as_seen": kept.seen_as, "owner": str(kept.owner_id or ""), "word": side}
