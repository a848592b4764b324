"""Every table lives behind a wall, or says why it does not."""

from __future__ import annotations

from django.apps import apps
from tests.architecture.unspaced import UNSPACED

from handfast.foundation.walls import spaced_models


def test_every_table_is_spaced_or_stands_on_the_list_with_its_reason() -> None:
    spaced = {model._meta.db_table for model in spaced_models()}
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - spaced - UNSPACED.keys() == set(), "a new table is spaced, or says why not"
    assert UNSPACED.keys() - tables == set(), "the list names a table that is gone"
    assert all(len(reason.split()) > 4 for reason in UNSPACED.values())
