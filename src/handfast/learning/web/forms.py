"""The forms of learning; what they mean is checked by the verbs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms

from handfast.learning.models import Topic, TopicPart
from handfast.learning.reading.said import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_MINIMUM,
    MOST_MINUTES,
    MOST_MONTHS,
    MOST_RETAKES,
    MOST_SIZE,
    MOST_WAIT,
    ClassSaid,
    PartSaid,
    SessionSaid,
    TopicSaid,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handfast.foundation.refusals import FieldsRefused
    from handfast.governance.models import RegisterEntry
    from handfast.learning.models import Session, TrainingClass

LONGEST_PASTE = 400_000
ROWS_OF_PARTS = 6


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def lines_field(label: str, *, required: bool = True, rows: int = 2, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, max_length=LONGEST_TEXT, help_text=help_text, widget=widget
    )


class TopicForm(forms.Form):
    """A topic; its parts are a form of rows beside it."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    title = forms.CharField(label="Topic", max_length=LONGEST_TITLE)
    text = lines_field("What it is about", required=False)
    kind = forms.ChoiceField(label="Kind", choices=Topic.Kind.choices)
    process = forms.ChoiceField(label="Task of the process inventory", required=False)
    is_critical = forms.BooleanField(label="Critical: too few who know it block the go-live", required=False)
    minimum = forms.IntegerField(label="People who must be certified", min_value=0, max_value=MOST_MINIMUM)
    validity_months = forms.IntegerField(
        label="A certificate lasts, in months", min_value=0, max_value=MOST_MONTHS, help_text="0: for ever."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        tasks: Iterable[RegisterEntry],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id="id_topic_%s")
        choices = [(str(one.pk), f"{one.name}, {one.title}") for one in tasks]
        self.fields["process"].choices = [("", "none"), *choices]  # type: ignore[attr-defined]  # a choice field

    def said(self, parts: Sequence[PartSaid] = (), *, is_dropped: bool = False) -> TopicSaid:
        given = self.cleaned_data
        process = UUID(given["process"]) if given["process"] else None
        return TopicSaid(
            given["title"], given["text"], given["kind"], given["is_critical"], given["minimum"],
            given["validity_months"], is_dropped, process, tuple(parts),
        )  # fmt: skip


class PartForm(forms.Form):
    """One part of a certification; without a name it is none."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Part", max_length=LONGEST_NAME, required=False)
    kind = forms.ChoiceField(label="How", choices=TopicPart.Kind.choices, required=False)
    pass_mark = forms.DecimalField(
        label="Pass mark, %",
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    size = forms.IntegerField(label="Questions or cases", min_value=1, max_value=MOST_SIZE, required=False)
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=MOST_MINUTES, required=False)
    retakes = forms.IntegerField(label="Retakes", min_value=0, max_value=MOST_RETAKES, required=False)
    wait_days = forms.IntegerField(
        label="Working days between", min_value=0, max_value=MOST_WAIT, required=False
    )

    def said(self) -> PartSaid | None:
        given = self.cleaned_data
        if not given.get("name"):
            return None
        mark = given["pass_mark"]
        return PartSaid(
            given["name"], given["kind"] or TopicPart.Kind.RECORDED, Decimal(1) if mark is None else mark / 100,
            given["size"] or 1, given["minutes"], given["retakes"] or 0, given["wait_days"] or 0, given["id"],
        )  # fmt: skip


PartsForm = forms.formset_factory(
    PartForm, extra=2, max_num=ROWS_OF_PARTS + 2, absolute_max=ROWS_OF_PARTS + 4
)


class PasteForm(forms.Form):
    """Rows as they are copied from a spreadsheet."""

    pasted = forms.CharField(
        label="Rows, as copied from the spreadsheet", max_length=LONGEST_PASTE, strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "hf-sheet-text", "spellcheck": "false", "wrap": "off"}),
    )  # fmt: skip


class ClassForm(forms.Form):
    """A class and the topics that it must hold."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    title = forms.CharField(label="Class", max_length=LONGEST_TITLE)
    starts_on = day_field("First day")
    ends_on = day_field("Last day")
    shows_scores = forms.BooleanField(
        label="The other side reads scores too",
        required=False,
        help_text="Else it reads who passed, and who did not.",
    )
    topics = forms.MultipleChoiceField(
        label="What it must hold", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, topics: Iterable[Topic], kept: TrainingClass | None = None,
        held: Iterable[Topic] = (),
    ) -> None:  # fmt: skip
        initial = None
        if kept is not None:
            initial = {
                "as_seen": kept.seen_as, "title": kept.title, "starts_on": kept.starts_on, "ends_on": kept.ends_on,
                "shows_scores": kept.shows_scores, "topics": [str(one.pk) for one in held],
            }  # fmt: skip
        super().__init__(data, initial=initial, auto_id="id_class_%s")
        self.fields["topics"].choices = [(str(one.pk), f"{one.name}, {one.title}") for one in topics]  # type: ignore[attr-defined]  # a choice field

    def said(self) -> ClassSaid:
        given = self.cleaned_data
        topics = tuple(UUID(one) for one in given["topics"])
        return ClassSaid(given["title"], given["starts_on"], given["ends_on"], given["shows_scores"], topics)


class CodeForm(forms.Form):
    """For how many days the code opens the class."""

    days = forms.IntegerField(label="Days", min_value=1, max_value=14, initial=1)


class EnrolForm(forms.Form):
    """Staff numbers, one a line or parted by commas."""

    labels = forms.CharField(
        label="Staff numbers", max_length=40_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line, or with commas between. Numbers, no names.",
    )  # fmt: skip

    def said(self) -> list[str]:
        lines = self.cleaned_data["labels"].replace(",", "\n").replace(";", "\n").splitlines()
        return [one.strip() for one in lines if one.strip()]


class SessionForm(forms.Form):
    """A session as it is planned or amended; its hour is of the class's own zone."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    topic = forms.ChoiceField(label="Topic")
    starts_at = forms.DateTimeField(
        label="Begins", input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    minutes = forms.IntegerField(label="Minutes", min_value=5, max_value=MOST_MINUTES, initial=90)
    expert = forms.CharField(label="Expert who shows it", max_length=LONGEST_NAME)
    trainer = forms.CharField(label="Trainer", max_length=LONGEST_NAME, required=False)
    place = forms.CharField(label="Room or link", max_length=LONGEST_TITLE, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        topics: Iterable[Topic],
        zone: str,
        kept: Session | None = None,
    ) -> None:
        initial = None
        if kept is not None:
            initial = {
                "as_seen": kept.seen_as, "topic": str(kept.topic_id), "minutes": kept.minutes, "expert": kept.expert,
                "trainer": kept.trainer, "place": kept.place,
                "starts_at": kept.starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None),
            }  # fmt: skip
        super().__init__(data, initial=initial, auto_id="id_session_%s")
        self.zone = zone
        self.fields["topic"].choices = [(str(one.pk), f"{one.name}, {one.title}") for one in topics]  # type: ignore[attr-defined]  # a choice field
        self.fields["starts_at"].help_text = f"By the clock of {zone.rpartition('/')[2].replace('_', ' ')}."

    def said(self) -> SessionSaid:
        given = self.cleaned_data
        begins: datetime = given["starts_at"].replace(tzinfo=ZoneInfo(self.zone))
        return SessionSaid(
            UUID(given["topic"]), begins, given["minutes"], given["expert"], given["trainer"], given["place"]
        )


class ResultForm(forms.Form):
    """A result as a trainer writes it down."""

    part = forms.ChoiceField(label="Part")
    taken_on = day_field("Taken on")
    score = forms.DecimalField(
        label="Score, %", min_value=0, max_value=100, max_digits=5, decimal_places=2, required=False,
        help_text="Empty where only passed or not is known.",
    )  # fmt: skip
    is_passed = forms.ChoiceField(
        label="Passed",
        required=False,
        choices=[("", "by the score"), ("yes", "passed"), ("no", "not passed")],
    )


class LeftForm(forms.Form):
    """When somebody left; empty where they are back."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    left_on = day_field("Left on", required=False, help_text="Empty: still here.")


class TryForm(forms.Form):
    """One more try, and why."""

    part = forms.ChoiceField(label="Part")
    reason = lines_field("Why")


class LapseForm(forms.Form):
    """Why a certificate holds no more."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    reason = lines_field("Why")


def tell(form: forms.Form, refusal: FieldsRefused) -> None:
    """Each fault at its field; what has none at the whole."""
    named = {"process_id": "process", "topic_id": "topic"}
    for name, fault in refusal.fields:
        field = named.get(name, name)
        told = f"{fault[0].upper()}{fault[1:]}."
        if field in form.fields:
            form.add_error(field, told)
        else:
            form.add_error(None, f"{name}: {told}")
