"""What answers say together: figures, and what is hidden so that nobody can be known by them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.factories.racing import WON, at_once
from tests.records.deal import work
from tests.surveys.asking import AT, Asking, make_asking
from tests.surveys.test_api import called

from handfast.foundation.scope import entered
from handfast.surveys.actions import open_survey, remind_of_survey
from handfast.surveys.queries.results import OTHERS, Results, results_of
from handfast.surveys.queries.surveys import survey_seen_by
from handfast.surveys.reading.hiding import FEWEST, shown_groups
from handfast.surveys.refusals import NobodyToRemind, SurveyMoved

if TYPE_CHECKING:
    from handfast.surveys.models import Survey

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIVE = [
    (5, 5, 10, "better", "A"),
    (4, 4, 9, "same", "b"),
    (3, 3, 8, "same", "C"),
    (2, 1, 6, "worse", None),
    (1, 5, 0, "same", None),
]


def results(asking: Asking, survey: Survey) -> Results:
    with entered(asking.client.reach):
        return results_of(survey_seen_by(asking.client, survey.pk))


def closed(asking: Asking, groups: dict[str, int], answered: dict[str, int], **said: Any) -> Survey:
    made = asking.opened(groups, **said)
    for group, count in answered.items():
        asking.says(made, group, [(5, 4, 9, "same", f"{group} {number}") for number in range(count)])
    return asking.closed(made)


@given(st.dictionaries(st.text("abc", max_size=2), st.integers(0, 12), max_size=8))
def test_no_group_below_five_can_be_told_by_taking_the_shown_from_the_whole(counts: dict[str, int]) -> None:
    shown, others = shown_groups(counts)
    assert all(counts[one] >= FEWEST for one in shown)
    assert others == sum(counts.values()) - sum(counts[one] for one in shown)
    assert others == 0 or others >= FEWEST or not shown
    assert "" not in shown


@pytest.mark.django_db
def test_figures_are_means_shares_points_and_counts(asking: Asking) -> None:
    made = asking.opened({"Desk": 8})
    asking.says(made, "Desk", FIVE)
    asking.closed(made)
    found = results(asking, made)
    assert (found.answered, found.rate, found.hidden) == (5, Fraction(5, 8), "")
    agree, score, ten, choice, text = found.each
    assert agree.whole
    assert score.whole
    assert ten.whole
    assert choice.whole
    assert (agree.whole.mean, agree.whole.agree_share) == (Fraction(3), Fraction(2, 5))
    assert (score.whole.mean, score.whole.agree_share) == (Fraction(18, 5), Fraction(3, 5))
    assert ten.whole.nps == 0  # two of five for it, two against
    assert choice.whole.choices == (("better", 1), ("same", 3), ("worse", 1))
    assert text.texts == ("A", "b", "C")
    assert text.whole is None  # how many wrote something is fewer than five
    assert [name for name, _ in agree.groups] == ["Desk"]


@pytest.mark.django_db
def test_an_anonymous_survey_shows_nothing_while_it_is_open_and_nothing_of_fewer_than_five(
    asking: Asking,
) -> None:
    made = asking.opened({"Desk": 8})
    asking.says(made, "Desk", FIVE)
    assert "is shown when it is closed" in results(asking, made).hidden
    assert not results(asking, made).each
    few = closed(asking, {"Desk": 8}, {"Desk": 4})
    assert "Fewer than 5" in results(asking, few).hidden
    assert not results(asking, few).each


@pytest.mark.django_db
def test_a_group_that_could_be_reckoned_out_is_joined_by_another(asking: Asking) -> None:
    one = closed(asking, {"Desk": 9, "Yard": 6, "Dock": 6}, {"Desk": 9, "Yard": 6, "Dock": 2})
    assert [(name, told.count) for name, told in results(asking, one).each[0].groups] == [
        ("Desk", 9),
        (OTHERS, 8),
    ]
    two = closed(asking, {"Desk": 9, "Dock": 6}, {"Desk": 9, "Dock": 2})
    assert results(asking, two).each[0].groups == ()


@pytest.mark.django_db
def test_a_question_that_few_of_a_group_answer_hides_the_group_for_itself(asking: Asking) -> None:
    made = asking.opened({"Desk": 6, "Yard": 6})
    asking.says(made, "Desk", [(5, 4)] * 6)
    asking.says(made, "Yard", [(5, 4)] * 2 + [(5, None)] * 3)
    asking.closed(made)
    first, second, third, *_ = results(asking, made).each
    assert [name for name, _ in first.groups] == ["Desk", "Yard"]
    assert second.groups == ()  # Desk and the two of Yard are eight: by either the other is known
    assert third.whole is None


@pytest.mark.django_db
def test_with_names_the_whole_is_shown_from_one_answer_and_groups_and_texts_from_five(asking: Asking) -> None:
    made = asking.opened({"Desk": 4, "Yard": 5}, is_anonymous=False)
    asking.says(made, "Desk", [(5, 5, 10, "better", "Desk")] * 4)
    found = results(asking, made)
    assert found.each[0].whole is not None
    assert found.each[0].groups == ()
    assert found.each[4].texts == ()
    asking.says(made, "Yard", [(5, 5, 10, "better", "Yard")] * 5)
    found = results(asking, made)
    assert len(found.each[4].texts) == 9
    assert found.each[0].groups == ()  # the four of Desk would be told by the five of Yard


@pytest.mark.django_db
def test_the_page_the_files_and_the_api_show_the_same_and_hide_the_same(asking: Asking) -> None:
    made = closed(asking, {"Desk": 9, "Yard": 6, "Dock": 6}, {"Desk": 9, "Yard": 6, "Dock": 2})
    for who in (asking.cast.owner, asking.cast.delivery):
        client = Client()
        client.force_login(who, backend=BACKEND)
        page = client.get(reverse("surveys:survey", args=[asking.engagement.pk, made.pk])).content.decode()
        assert "81.0 % have answered, 17 of 21" in page
        told = {
            form: client.get(reverse("surveys:survey_export", args=[asking.engagement.pk, made.pk, form]))
            for form in ("csv", "xlsx")
        }
        text = b"".join(told["csv"].streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # it is streamed
        rows = list(csv.reader(io.StringIO(text)))
        assert [row[3:6] for row in rows if row[0] == "1" and row[4]] == [
            ["All", "17", "5.00"], ["Desk", "9", "5.00"], [OTHERS, "8", "5.00"]
        ]  # fmt: skip
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(told["xlsx"].streaming_content)))  # type: ignore[attr-defined]  # as above
        assert len(book.get_sheet_by_index(0).to_python()) == len(rows)
        status, api = called(who, "get", f"/surveys/{made.pk}/results")
        assert (status, api["response_share"], api["results"][0]["figures"][1]["group"]) == (
            200,
            "0.8095",
            "Desk",
        )
        # The group that is hidden stands only in what people wrote themselves.
        assert not any(
            "Yard" in str(one["figures"]) or "Dock" in str(one["figures"]) for one in api["results"]
        )


@pytest.mark.django_db
def test_results_ask_as_often_for_sixty_answers_as_for_six(asking: Asking) -> None:
    few, many = closed(asking, {"Desk": 6}, {"Desk": 6}), closed(asking, {"Desk": 60}, {"Desk": 60})
    counts = []
    for one in (few, many):
        with CaptureQueriesContext(connection) as asked:
            assert results(asking, one).answered in (6, 60)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_who_has_not_answered_is_reminded_and_never_twice_in_three_days(asking: Asking) -> None:
    made = asking.opened({"Desk": 5})
    asking.says(made, "Desk", [(5,)])
    mail.outbox.clear()
    at = AT
    for hours in range(0, 24 * 20, 12):
        at = AT + timedelta(hours=hours, minutes=1)
        work(at)
    asked = [one.to[0] for one in mail.outbox if one.subject == "A few questions still wait for you"]
    assert sorted(set(asked)) == [f"desk{number}@users.example" for number in range(1, 5)]
    assert len(asked) == 4 * 3  # three reminders to each, and then no more
    with pytest.raises(NobodyToRemind):
        remind_of_survey(asking.client, made, at=at)


@pytest.mark.django_db
def test_a_reminder_by_hand_waits_its_three_days_too(asking: Asking) -> None:
    made = asking.opened({"Desk": 5})
    with pytest.raises(NobodyToRemind):
        remind_of_survey(asking.client, made, at=AT + timedelta(days=3, seconds=-1))
    remind_of_survey(asking.client, made, at=AT + timedelta(days=3))
    with pytest.raises(NobodyToRemind):
        remind_of_survey(asking.client, made, at=AT + timedelta(days=4))
    asking.closed(made)
    link = open_survey(asking.client, asking.drafted(sent_by="link"), at=AT)
    for one in (made, link):
        with pytest.raises(SurveyMoved):
            remind_of_survey(asking.client, one, at=AT + timedelta(days=9))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_remind_at_once_one_does() -> None:
    asking = make_asking()
    made = asking.opened({"Desk": 5})
    at = AT + timedelta(days=4)
    ends = at_once(*[lambda: remind_of_survey(asking.client, made, at=at)] * 2)
    assert sorted(ends) == ["nobody-to-remind", WON]
