"""A source has a key also where nobody thought of one."""

from __future__ import annotations

from handfast.records.web.forms import SourceForm, key_from


def test_source_without_a_key_is_given_one_of_its_name() -> None:
    assert key_from("Help desk") == "help_desk"
    assert key_from("2. Téléphonie (Kraków)") == "telephonie_krakow"
    assert key_from("客服") == "source"
    form = SourceForm({"preset": "freshdesk", "name": "Help desk", "key": ""})
    assert form.is_valid()
    assert form.cleaned_data["key"] == "help_desk"
    assert not SourceForm({"preset": "freshdesk", "name": "Help desk", "key": "Help desk"}).is_valid()
