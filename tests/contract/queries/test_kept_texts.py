"""What the kernel reads of a version is kept by its digest, and a damaged text is never read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.contract.deal import CHANGED, Bargain

from handfast.contract.models import TermsVersion
from handfast.contract.queries import agreements_of, annex_of, parsed_terms, version_seen_by
from handfast.contract.refusals import TermsDamaged
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries


def test_annex_is_read_once_for_its_digest(
    bargain: Bargain, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bargain.agreed()
    with entered(bargain.provider.reach):
        seen = version_seen_by(bargain.provider, bargain.agreement.pk, 1)
        first = annex_of(seen)
        again = version_seen_by(bargain.provider, bargain.agreement.pk, 1)
        with django_assert_num_queries(0):
            assert annex_of(again) is first
        first.check(parsed_terms(again))


def test_damaged_text_or_annex_is_refused(bargain: Bargain) -> None:
    bargain.agreed(CHANGED.replace("3h", "7h"))
    with entered(bargain.provider.reach):
        TermsVersion.objects.update(text="other", annex="{}", annex_sha256="0" * 64)
        seen = version_seen_by(bargain.provider, bargain.agreement.pk, 1)
        with pytest.raises(TermsDamaged):
            parsed_terms(seen)
        with pytest.raises(TermsDamaged):
            annex_of(seen)


def test_agreements_of_an_engagement_are_only_its_own(bargain: Bargain) -> None:
    with entered(bargain.client.reach):
        assert list(agreements_of(bargain.cast.engagement)) == [bargain.agreement]
    with entered(bargain.rival.reach):
        assert list(agreements_of(bargain.cast.engagement)) == []
