"""No relation, constraint or column leads out of a space, and every noun stands in the glossary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models
from ruamel.yaml import YAML
from tests.architecture.canaries import own_models
from tests.architecture.unspaced import UNSPACED
from tools.house.tree import ROOT

from handfast.foundation.fence import FencedManager, Spaced
from handfast.foundation.models import Space
from handfast.foundation.scope import OutsideTheFence, Reach, entered

if TYPE_CHECKING:
    from collections.abc import Iterator

# Plumbing that no person meets as a noun of the field.
OF_THE_HOUSE = {
    "audience": "who looks into a space: a row of ids",
    "contents": "what an entry of the journal says",
    "entry": "a link of the journal",
    "head": "the last link of the journal",
    "outgoing": "a row of the outbox",
    "space": "the walls around records, explained in docs/concepts",
}
PERSONAL = re.compile(r"(^|_)(name|email|address|initials|typed)$")


def spaced() -> list[type[models.Model]]:
    return [model for model in own_models() if issubclass(model, Spaced)]


def foreign_keys() -> Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    for model in spaced():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.name != "space":
                yield model, field


def test_every_table_is_spaced_or_stands_on_the_list() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    walled = {model._meta.db_table for model in spaced()}
    assert (sorted(tables - walled - set(UNSPACED)), sorted(set(UNSPACED) - (tables - walled))) == ([], [])


def test_foreign_key_between_spaced_records_stays_inside_or_leads_back_to_nothing() -> None:
    """A key that others can follow backwards must stay in one space: both ends are written by the same room or later."""
    inside = [
        f"{model._meta.label}.{field.name}"
        for model, field in foreign_keys()
        if issubclass(field.related_model, Spaced) and field.remote_field.hidden
    ]
    assert set(inside) <= NARROWER
    outside = [
        f"{model._meta.label}.{field.name}"
        for model, field in foreign_keys()
        if not issubclass(field.related_model, Spaced) and not field.remote_field.hidden
    ]
    assert outside == []


# Keys from a side's own space to what both sides see: followed forwards only.
NARROWER = {
    "contract.TermsDraft.agreement",
    "evidence.Comment.engagement",
    "evidence.Document.engagement",
    "evidence.File.engagement",
    "evidence.Passage.document",
    "evidence.Passage.document_version",
    "evidence.Passage.engagement",
    "evidence.Reference.engagement",
    "evidence.Relation.engagement",
    "evidence.Signature.engagement",
    "governance.RegisterEntry.engagement",
    "governance.SavedView.engagement",
    "operate.StatementDraft.agreement",
    "packs.Pack.engagement",
    "surveys.Survey.engagement",
    "transition.Activity.plan",
    "transition.Dates.plan",
    "transition.LastChange.plan",
    "transition.Link.plan",
    "transition.OfferedPlan.plan",
}


@pytest.mark.parametrize("model", spaced(), ids=lambda model: model._meta.label)
def test_spaced_model_has_no_many_to_many_relation(model: type[models.Model]) -> None:
    assert list(model._meta.many_to_many) == []


@pytest.mark.parametrize("model", spaced(), ids=lambda model: model._meta.label)
def test_unique_constraint_of_a_spaced_model_begins_with_its_space(model: type[models.Model]) -> None:
    unique = [one for one in model._meta.total_unique_constraints if one.fields]
    unique += [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    assert [one.name for one in unique if tuple(one.fields)[:1] != ("space",)] == []
    assert [one.name for one in unique if one.expressions] == []
    assert not model._meta.unique_together
    loose = [
        one.name
        for one in model._meta.concrete_fields
        if one.unique and not one.primary_key and not one.is_relation
    ]
    assert loose == []


@pytest.mark.parametrize("model", spaced(), ids=lambda model: model._meta.label)
def test_space_of_a_record_is_one_column_that_no_form_can_change(model: type[models.Model]) -> None:
    field = model._meta.get_field("space")
    assert isinstance(field, models.ForeignKey)
    assert field.related_model is Space
    assert not field.editable
    assert not field.null
    assert field.remote_field.hidden


@pytest.mark.parametrize("model", spaced(), ids=lambda model: model._meta.label)
def test_record_is_never_moved_to_another_space(model: type[models.Model]) -> None:
    with entered(Reach()), pytest.raises(OutsideTheFence, match="for ever"):
        model._default_manager.update(space_id=uuid4())
    row = model()
    row.__dict__["space_from_db"] = uuid4()
    with entered(Reach()), pytest.raises(OutsideTheFence, match="for ever"):
        row.save()


@pytest.mark.parametrize("model", spaced(), ids=lambda model: model._meta.label)
def test_default_and_base_manager_carry_the_fence(model: type[models.Model]) -> None:
    for manager in (model._default_manager, model._base_manager, *model._meta.managers):
        assert isinstance(manager, FencedManager), manager


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_key_outside_is_random_and_says_nothing_of_the_time(model: type[models.Model]) -> None:
    key = model._meta.pk
    if isinstance(key, models.OneToOneField):
        key = key.target_field
    assert isinstance(key, models.UUIDField)
    assert key.default.__name__ == "uuid4"


@pytest.mark.parametrize(
    "model",
    [one for one in own_models() if one._meta.app_label != "foundation"],
    ids=lambda model: model._meta.label,
)
def test_journal_fields_name_values_and_never_persons(model: type[models.Model]) -> None:
    named: tuple[str, ...] = model.journal_fields  # type: ignore[attr-defined]  # that it is there is what is claimed
    assert named
    assert [
        name for name in named if not hasattr(model, name) and not hasattr(model, name.removesuffix("_id"))
    ] == []
    assert [name for name in named if PERSONAL.search(name)] == []


def glossary_words() -> set[str]:
    terms = YAML(typ="safe").load((ROOT / "docs/glossary.yaml").read_text("utf-8"))["terms"]
    return {word.casefold() for term in terms for word in (term["term"], *term.get("also", ()))}


@pytest.mark.parametrize(
    "model",
    [one for one in own_models() if one._meta.model_name not in OF_THE_HOUSE],
    ids=lambda model: model._meta.label,
)
def test_noun_of_a_room_stands_in_the_glossary(model: type[models.Model]) -> None:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).casefold()
    assert words in glossary_words()
