"""A survey is drafted, sent, answered once and closed; an anonymous one keeps no tie."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from tests.factories.racing import WON, at_once
from tests.records.deal import work
from tests.surveys.asking import AT, FAR, Asking, make_asking, saying

from handfast.foundation.actor import worker_in
from handfast.foundation.models import Contents, Outgoing
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import Reach, entered
from handfast.surveys.actions import (
    amend_survey,
    answer_anonymously,
    answer_by_link,
    answer_survey,
    close_survey,
    invite_to_survey,
    open_survey,
)
from handfast.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyLink
from handfast.surveys.queries.surveys import groups_of, survey_seen_by, surveys_seen_by
from handfast.surveys.reading.said import QuestionSaid
from handfast.surveys.reading.usual import usual_surveys
from handfast.surveys.refusals import AnswerRefused, SurveyAnswered, SurveyMoved, SurveyOver, SurveyRefused

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "a\nb"}),
        ("purpose", {"purpose": "x" * 2001}),
        ("closes_on", {"closes_on": date(2020, 1, 1)}),
        ("sent_by", {"sent_by": "pigeon"}),
        ("sent_by", {"sent_by": "link", "is_anonymous": False}),
        ("questions", {"questions": ()}),
        ("questions", {"questions": (QuestionSaid("Why?", "text"),) * 41}),
        ("questions", {"questions": (QuestionSaid("", "text"),)}),
        ("questions", {"questions": (QuestionSaid("Why?", "dance"),)}),
        ("questions", {"questions": (QuestionSaid("Why?", "text", ("a", "b")),)}),
        ("questions", {"questions": (QuestionSaid("Which?", "choice", ("a",)),)}),
        ("questions", {"questions": (QuestionSaid("Which?", "choice", ("a", "a")),)}),
        ("questions", {"questions": (QuestionSaid("Which?", "choice", ("a", "b, c")),)}),
        ("counted", {"counted": 9}),
        ("counted", {"counted": 5}),
        ("usual", {"usual": "of-nobody"}),
    ],
)
def test_a_survey_that_cannot_be_kept_says_which_field_and_leaves_nothing(
    asking: Asking, field: str, said: dict[str, Any]
) -> None:
    with pytest.raises(SurveyRefused) as refused:
        asking.drafted(**said)
    assert refused.value.fields[0][0] == field
    with entered(asking.client.reach):
        assert not Survey.objects.exists()


def test_the_usual_questionnaires_can_all_be_drafted(asking: Asking) -> None:
    for number, one in enumerate(usual_surveys().values(), start=1):
        said = {"title": one.title, "questions": one.questions, "usual": one.key, "counted": one.counted}
        made = asking.drafted(is_anonymous=one.is_anonymous, **said)
        assert made.number == number
    assert [len(one.questions) for one in usual_surveys().values()] == [8, 3, 7, 9, 12, 7]


def test_a_draft_is_amended_and_what_is_open_is_not(asking: Asking) -> None:
    made = asking.drafted()
    kept = amend_survey(asking.client, made, said=saying(title="Pulse of June"), at=AT, as_seen="1")
    assert (kept.title, kept.version) == ("Pulse of June", 2)
    with pytest.raises(Conflict):
        amend_survey(asking.client, made, said=saying(), at=AT, as_seen="1")
    asking.invited(made, "Desk", 5)
    with pytest.raises(SurveyRefused):
        amend_survey(asking.client, made, said=saying(sent_by="link"), at=AT)
    open_survey(asking.client, made, at=AT)
    with pytest.raises(SurveyMoved):
        amend_survey(asking.client, made, said=saying(), at=AT)
    with pytest.raises(SurveyMoved):
        open_survey(asking.client, made, at=AT)


def test_only_the_side_that_sends_it_touches_it_and_is_told_whom_it_asks(asking: Asking) -> None:
    made = asking.opened({"Desk": 5})
    for doing in (
        lambda: asking.invited(made, "More", 1, asking.provider),
        lambda: close_survey(asking.provider, made, at=AT),
        lambda: amend_survey(asking.provider, made, said=saying(), at=AT),
    ):
        with pytest.raises(NotPermitted):
            doing()
    for actor, told in ((asking.client, [("Desk", 5)]), (asking.provider, [])):
        with entered(actor.reach):
            assert groups_of(actor, survey_seen_by(actor, made.pk)) == told


def test_a_survey_in_the_own_space_is_not_there_for_the_other_side(asking: Asking) -> None:
    own = asking.opened({"Desk": 5}, is_internal=True)
    asking.says(own, "Desk", [(5,)] * 5)
    asking.closed(own)
    with entered(asking.provider.reach):
        assert not surveys_seen_by(asking.provider, asking.engagement.pk)
        assert not SurveyAnswer.objects.exists()
        assert not SurveyInvitation.objects.exists()
    assert own.name == "SV-own-1"
    assert asking.drafted(asking.provider).name == "SV-1"


def test_people_are_invited_once_whether_by_name_or_by_address(asking: Asking) -> None:
    made = asking.drafted()
    owner, reader = asking.cast.owner, asking.cast.reader
    told = [reader.email.upper(), "One@Users.example", "one@users.example", ""]
    kept = invite_to_survey(asking.client, made, group="Desk", persons=[owner.pk], emails=told, at=AT)
    assert kept.invited_count == 3
    with pytest.raises(SurveyRefused, match="invited already"):
        invite_to_survey(
            asking.client, made, group="Desk", persons=[owner.pk, reader.pk], emails=[owner.email], at=AT
        )
    for group, persons, emails in (
        ("x" * 61, [], ["a@users.example"]),
        ("Desk", [], ["nobody"]),
        ("Desk", [], []),
        ("Desk", [asking.cast.stranger.pk], []),
        ("Desk", [], [f"a{number}@users.example" for number in range(501)]),
    ):
        with pytest.raises(SurveyRefused):
            invite_to_survey(asking.client, made, group=group, persons=persons, emails=emails, at=AT)
    assert len(asking.invitations(made)) == 3
    own = asking.drafted(is_internal=True)
    with pytest.raises(SurveyRefused):
        invite_to_survey(asking.client, own, group="", persons=[asking.cast.delivery.pk], emails=[], at=AT)


def test_it_is_opened_once_there_is_somebody_to_ask_and_anonymous_from_five_up(asking: Asking) -> None:
    made, named = asking.drafted(), asking.drafted(is_anonymous=False)
    for one, count in ((made, 0), (made, 4), (named, 0)):
        if count:
            asking.invited(one, "Desk", count)
        with pytest.raises(SurveyRefused):
            open_survey(asking.client, one, at=AT)
    asking.invited(made, "Yard", 1)
    asking.invited(named, "Desk", 1)
    assert open_survey(asking.client, made, at=AT).is_open
    assert open_survey(asking.client, named, at=AT).is_open
    late = asking.drafted(sent_by="link", closes_on=AT.date())
    with pytest.raises(SurveyRefused):
        open_survey(asking.client, late, at=AT + timedelta(days=2))


def test_each_is_mailed_a_link_and_no_mail_says_what_is_asked(asking: Asking) -> None:
    made = asking.drafted(is_internal=True)
    asking.invited(made, "Desk", 5)
    invite_to_survey(asking.client, made, group="", persons=[asking.cast.reader.pk], emails=[], at=AT)
    mail.outbox.clear()
    open_survey(asking.client, made, at=AT)
    work(AT + timedelta(seconds=5))
    asked = [one for one in mail.outbox if one.subject == "You are asked a few questions"]
    assert {one.to[0] for one in asked} == {
        asking.cast.reader.email,
        *(f"desk{n}@users.example" for n in range(5)),
    }
    assert all(re.search(r"/answer/[a-z2-7]{32}/", one.body) for one in asked)
    assert len({re.search(r"/answer/([a-z2-7]{32})/", one.body)[1] for one in asked}) == 6  # type: ignore[index]  # each has one
    assert not any(word in one.body for one in asked for word in ("Pulse", "worries", "Lumen", "Desk"))
    asking.invited(asking_again(asking, made), "Late", 1)
    work(AT + timedelta(seconds=9))
    assert mail.outbox[-1].to == ["late0@users.example"]


def asking_again(asking: Asking, survey: Survey) -> Survey:
    with entered(asking.client.reach):
        return Survey.objects.get(pk=survey.pk)


def test_an_answer_with_names_says_whose_it_is_and_counts_once(asking: Asking) -> None:
    made = asking.opened({"Desk": 2}, is_anonymous=False)
    one = asking.invitations(made)[0]
    actor, given = worker_in(made.space_id), asking.given(made, 4, 5, 9, "same", "Nothing")
    kept = answer_survey(actor, one, given=given, at=AT)
    assert (kept.invitation_id, kept.group, kept.answered_at) == (one.pk, "Desk", AT)
    assert sorted(map(str, kept.said.values())) == ["4", "5", "9", "Nothing", "same"]
    with pytest.raises(SurveyAnswered):
        answer_survey(actor, one, given=asking.given(made, 1), at=AT)
    with pytest.raises(SurveyOver):
        answer_anonymously(actor, one, given=given)
    assert [one.said for one in asking.answers(made)] == [kept.said]
    with entered(asking.client.reach):
        assert Contents.objects.filter(action="survey.answered").count() == 1


@pytest.mark.parametrize(
    "values",
    [
        (),
        (6,),
        (0,),
        ("4.5",),
        (None, "x"),
        (None, None, 11),
        (None, None, None, "best"),
        (None, None, None, None, "a\x00b"),
    ],
)
def test_an_answer_that_no_question_takes_is_refused_and_the_link_still_works(
    asking: Asking, values: tuple[object, ...]
) -> None:
    made = asking.opened({"Desk": 5})
    one = asking.invitations(made)[0]
    with pytest.raises(AnswerRefused):
        answer_anonymously(worker_in(made.space_id), one, given=asking.given(made, *values))
    assert not asking.answers(made)
    assert not asking.invitations(made)[0].is_used


def test_an_anonymous_answer_is_tied_to_no_invitation_and_told_by_no_journal(asking: Asking) -> None:
    made = asking.opened({"Desk": 6})
    with entered(asking.client.reach):
        before = Contents.objects.count()
    asking.says(made, "Desk", [(5, 4, 9, "same", "Word for word")])
    (kept,) = asking.answers(made)
    assert (kept.invitation_id, kept.answered_at) == (None, None)
    assert [one.is_used for one in asking.invitations(made)].count(True) == 1
    assert {field.name for field in SurveyInvitation._meta.concrete_fields} == {
        "id", "space", "survey", "person_id", "email", "group", "is_used", "asked_at", "asked_count",
    }  # fmt: skip
    used = next(one for one in asking.invitations(made) if one.is_used)
    assert used.asked_at == AT  # when it was sent, as that of all others
    with entered(asking.client.reach):
        assert Contents.objects.count() == before
    assert not Outgoing.objects.filter(subject_id=kept.pk).exists()
    with pytest.raises(SurveyOver):
        answer_survey(worker_in(made.space_id), used, given=asking.given(made, 5), at=AT)


def test_closing_forgets_who_was_asked_and_takes_small_groups_their_name(asking: Asking) -> None:
    made = asking.opened({"Desk": 6, "Yard": 5})
    asking.says(made, "Desk", [(5, None, None, None, f"Desk {number}") for number in range(5)])
    asking.says(made, "Yard", [(1, None, None, None, f"Yard {number}") for number in range(4)])
    ids = {one.pk for one in asking.answers(made)}
    done = asking.closed(made)
    assert (done.state, done.invited_count) == ("closed", 11)
    kept = asking.answers(made)
    assert sorted(one.group for one in kept) == [""] * 4 + ["Desk"] * 5
    assert not ids & {one.pk for one in kept}
    assert not asking.invitations(made)
    assert not SurveyLink.objects.filter(survey_id=made.pk).exists()
    with pytest.raises(SurveyMoved):
        asking.closed(made)
    with pytest.raises(SurveyMoved):
        asking.invited(done, "More", 1)


def test_a_survey_with_names_keeps_them_when_it_closes(asking: Asking) -> None:
    made = asking.opened({"Desk": 2}, is_anonymous=False)
    asking.says(made, "Desk", [(5,), (4,)])
    asking.closed(made)
    assert {one.invitation_id for one in asking.answers(made)} == {one.pk for one in asking.invitations(made)}


def test_it_closes_by_itself_when_its_last_day_is_over(asking: Asking) -> None:
    made = asking.opened({"Desk": 5}, closes_on=AT.date())
    work(AT + timedelta(hours=2))
    assert asking_again(asking, made).is_open
    work(AT + timedelta(days=1, hours=6))  # past midnight in the contract's zone
    assert asking_again(asking, made).is_closed


def test_one_link_for_all_invites_nobody_and_is_answered_by_whoever_has_it(asking: Asking) -> None:
    made = asking.drafted(sent_by="link")
    with pytest.raises(SurveyMoved):
        asking.invited(made, "Desk", 1)
    actor = worker_in(made.space_id)
    with pytest.raises(SurveyOver):
        answer_by_link(actor, made, given=asking.given(made, 5))
    opened = open_survey(asking.client, made, at=AT)
    for _ in range(2):
        answer_by_link(actor, opened, given=asking.given(made, 5))
    assert len(asking.answers(made)) == 2
    with pytest.raises(NotPermitted):
        answer_by_link(asking.client, opened, given=asking.given(made, 5))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_anonymous", [True, False])
def test_of_two_who_send_in_the_same_second_one_counts(is_anonymous: bool) -> None:
    asking = make_asking()
    made = asking.opened({"Desk": 5}, is_anonymous=is_anonymous)
    one, actor = asking.invitations(made)[0], worker_in(made.space_id)
    given = [asking.given(made, 1), asking.given(made, 5)]

    def sending(told: dict[str, str]) -> Callable[[], object]:
        if is_anonymous:
            return lambda: answer_anonymously(actor, one, given=told)
        return lambda: answer_survey(actor, one, given=told, at=AT)

    assert sorted(at_once(*map(sending, given))) == ["survey-answered", WON]
    assert len(asking.answers(made)) == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_answers_while_it_closes_is_counted_or_told_that_it_is_over() -> None:
    asking = make_asking()
    made = asking.opened({"Desk": 5})
    one, given = asking.invitations(made)[0], asking.given(made, 4)
    ends = at_once(
        lambda: answer_anonymously(worker_in(made.space_id), one, given=given), lambda: asking.closed(made)
    )
    assert ends[1] == WON
    assert ends[0] in {WON, "survey-over", "not-seen"}
    kept = asking.answers(made)
    assert len(kept) == (1 if ends[0] == WON else 0)
    assert [each.group for each in kept] in ([], [""])


def test_nothing_of_a_survey_is_reached_from_another_space(asking: Asking) -> None:
    made = asking.opened({"Desk": 5})
    with entered(Reach()), pytest.raises(Survey.DoesNotExist):
        Survey.objects.get(pk=made.pk)
    assert made.closes_on == FAR
