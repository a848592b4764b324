"""A provider of sign-in is told whole, encrypted and once, or nothing begins."""

from __future__ import annotations

import pytest

from handfast.settings.companies import companies_of
from handfast.settings.refused import SettingRefused

FIRST = {
    "HANDFAST_OIDC_ISSUER": "https://login.lumen.example",
    "HANDFAST_OIDC_CLIENT": "handfast",
    "HANDFAST_OIDC_SECRET": "a secret of two",
    "HANDFAST_OIDC_NAME": "Lumen",
    "HANDFAST_OIDC_DOMAINS": "Lumen.example, lumen.test",
}
SECOND = {name.replace("OIDC", "OIDC_2"): told for name, told in FIRST.items()}


def test_several_companies_are_numbered() -> None:
    second = {**SECOND, "HANDFAST_OIDC_2_ISSUER": "https://login.danube.example"}
    one, two = companies_of({**FIRST, **second}, is_loopback_allowed=False)
    assert (one.key, one.name, one.domains) == ("1", "Lumen", {"lumen.example", "lumen.test"})
    assert (two.key, two.issuer) == ("2", "https://login.danube.example")
    assert "a secret" not in repr(one)
    assert one.vouches_for("priya.raman@LUMEN.example")
    assert not one.vouches_for("priya.raman@not-lumen.example")
    assert companies_of({}, is_loopback_allowed=False) == ()


@pytest.mark.parametrize(
    ("variable", "value", "fault"),
    [
        ("ISSUER", "http://login.lumen.example", "is not encrypted"),
        ("ISSUER", "http://127.0.0.1:9000", "is not encrypted"),
        ("ISSUER", "https://[", "is no address"),
        ("ISSUER", "https://login.lumen.example?a=1", "more than a host and a path"),
        ("ISSUER", "", "is not set"),
        ("SECRET", "", "is not set"),
        ("NAME", "L" * 61, "not one line"),
        ("DOMAINS", "lumen.example *", "is no domain"),
    ],
)
def test_what_is_missing_or_not_safe_is_refused_by_its_name(variable: str, value: str, fault: str) -> None:
    with pytest.raises(SettingRefused, match=fault) as refused:
        companies_of({**FIRST, f"HANDFAST_OIDC_{variable}": value}, is_loopback_allowed=False)
    assert refused.value.variable == f"HANDFAST_OIDC_{variable}"
    assert "a secret of two" not in str(refused.value)


def test_desk_takes_a_provider_on_its_loopback_and_no_issuer_twice() -> None:
    local = {**FIRST, "HANDFAST_OIDC_ISSUER": "http://127.0.0.1:9000"}
    assert companies_of(local, is_loopback_allowed=True)[0].issuer == "http://127.0.0.1:9000"
    with pytest.raises(SettingRefused, match="twice"):
        companies_of({**FIRST, **SECOND}, is_loopback_allowed=True)
