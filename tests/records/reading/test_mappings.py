"""Mappings are checked by line, proposed by presets, and stand under their source's name."""

from __future__ import annotations

import pytest
from tests.records.deal import MAPPING

from handfast.kernel.document import DocumentRefused
from handfast.kernel.records.refusals import PresetUnknown
from handfast.records.reading.mappings import (
    LARGEST_MAPPING,
    MappingTooLarge,
    SourceNamedOtherwise,
    checked,
    is_read_alike,
    mapping_from_preset,
    presets,
)


@pytest.mark.parametrize("preset", [one.name for one in presets()])
def test_every_preset_is_a_mapping_under_the_key_of_its_source(preset: str) -> None:
    found = checked(mapping_from_preset(preset, "my_desk"), "my_desk")
    assert found.kind in {"events", "records", "intervals"}
    assert found.columns


def test_preset_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(PresetUnknown):
        mapping_from_preset("zendsk", "desk")


def test_mapping_says_which_columns_it_asks_for() -> None:
    assert set(checked(MAPPING, "desk").columns) == {"Ticket", "At", "Event"}


def test_line_of_a_fault_is_named() -> None:
    with pytest.raises(DocumentRefused, match=r"mapping, line 4: sources\.desk\.recrd"):
        checked(MAPPING.replace("record:", "recrd:"), "desk")


@pytest.mark.parametrize(
    "text", ["sources: {}", "a: b", "- x", MAPPING + "  other: {kind: events}\n", MAPPING + "clocks: {}\n"]
)
def test_mapping_of_another_source_or_of_several_is_refused(text: str) -> None:
    with pytest.raises(SourceNamedOtherwise, match="`desk:`"):
        checked(text, "desk")


def test_mapping_that_is_far_too_long_is_refused_by_its_size() -> None:
    with pytest.raises(MappingTooLarge, match="100,001 characters"):
        checked("#" * (LARGEST_MAPPING + 1), "desk")


@pytest.mark.parametrize("bomb", ["a: &a [1]\nb: *a", "sources: !!python/object:os.system {}"])
def test_anchors_and_tags_are_refused(bomb: str) -> None:
    with pytest.raises(DocumentRefused):
        checked(bomb, "desk")


def test_only_columns_and_settings_of_the_log_make_mappings_unlike() -> None:
    assert is_read_alike(MAPPING, MAPPING.replace("Ticket", "Case no"), "desk")
    assert not is_read_alike(MAPPING, MAPPING + "    sequence: No\n", "desk")
