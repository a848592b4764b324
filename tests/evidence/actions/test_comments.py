"""Comments are said to both sides or to the own one, and tell only those who see them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from tests.evidence.talks import commented, read_by, thing
from tests.factories.cast import narrowed
from tests.governance.kept import AT, written

from handfast.evidence.actions import see_mention, withdraw_comment, write_comment
from handfast.evidence.models import Comment, Mention
from handfast.evidence.queries.comments import own_mention, thread_of
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.evidence.reading.said import LONGEST_COMMENT, MOST_MENTIONS, CommentSaid
from handfast.evidence.refusals import AudienceRefused, CommentRefused, CommentStands, CommentWithdrawn
from handfast.foundation.models import Contents
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.governance.models import RegisterEntry
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.people.models import Person


def told(cast: Cast, comment: Comment, reader: Person) -> list[object]:
    with entered(cast.actor(reader).reach):
        return list(Mention.objects.filter(comment=comment).values_list("person_id", flat=True))


def test_comment_of_one_side_leaves_no_trace_for_the_other(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    commented(cast, cast.owner, entry, "To both")
    commented(cast, cast.owner, entry, "They will not hold the date", audience="own", minutes=1)
    commented(cast, cast.delivery, entry, "Ours", audience="own", minutes=2)
    assert read_by(cast, cast.owner, entry) == ["To both", "They will not hold the date"]
    assert read_by(cast, cast.delivery, entry) == ["To both", "Ours"]
    with entered(cast.actor(cast.delivery).reach):
        assert Comment.objects.count() == 2
        assert Contents.objects.filter(action="comment.written").count() == 2
        seen = RegisterEntry.objects.get(pk=entry.pk)
        assert (seen.version, seen.changed_at) == (entry.version, entry.changed_at)


def test_what_one_side_keeps_for_itself_has_its_own_comments_only(cast: Cast) -> None:
    entry = written(cast, cast.owner, is_own=True)
    with pytest.raises(AudienceRefused, match="choose own"):
        commented(cast, cast.owner, entry, audience="shared")
    assert commented(cast, cast.owner, entry, audience="own").is_internal
    with pytest.raises(NotSeen):
        thing(cast, cast.delivery, entry)


def test_comment_goes_nowhere_but_to_its_things_space_or_the_own_one(cast: Cast) -> None:
    entry = written(cast, cast.owner, is_own=True)
    actor, about = cast.actor(cast.owner), thing(cast, cast.owner, entry)
    said = CommentSaid("Loud")
    with pytest.raises(NotSeen):
        write_comment(actor, cast.engagement.space, thing=about, said=said, at=AT)
    theirs = cast.actor(cast.delivery)
    with entered(theirs.reach):
        space = own_space_of(theirs, cast.engagement.pk)
    with pytest.raises(NotSeen):
        write_comment(theirs, space, thing=about, said=said, at=AT)
    with entered(actor.reach):
        assert not Comment.objects.exists()


def test_audience_kind_and_engagement_are_those_that_there_are(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    actor, about = cast.actor(cast.owner), thing(cast, cast.owner, entry)
    with entered(actor.reach):
        with pytest.raises(AudienceRefused, match="choose one of shared, own"):
            space_for(actor, about, "everybody")
        for engagement, kind in ((cast.engagement.pk, "weather"), (uuid4(), "entry")):
            with pytest.raises(NotSeen):
                thing_seen_by(actor, engagement, kind, entry.pk)


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "x" * (LONGEST_COMMENT + 1), "a\x00b", "turned \u202e round", "half \ud800"],
    ids=["empty", "blank", "long", "control", "turning", "half"],
)
def test_text_that_cannot_be_kept_is_refused_and_leaves_nothing(cast: Cast, text: str) -> None:
    entry = written(cast, cast.owner)
    with pytest.raises(CommentRefused) as refused:
        commented(cast, cast.owner, entry, text)
    assert refused.value.code == "comment-refused"
    assert [name for name, _ in refused.value.fields] == ["text"]
    assert read_by(cast, cast.owner, entry) == []


def test_text_is_composed_and_its_lines_end_alike(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    assert (
        commented(cast, cast.owner, entry, " Krako\u0301w\r\nand\rNovi Sad ").text == "Kraków\nand\nNovi Sad"
    )


def test_mention_is_kept_by_the_person_and_tells_who_sees_the_comment(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    name = cast.delivery.name
    made = commented(cast, cast.owner, entry, f"@{name}, please; mail me@lumen.example, 2 @ 4 EUR")
    assert made.text == f"@{cast.delivery.pk}, please; mail me@lumen.example, 2 @ 4 EUR"
    assert told(cast, made, cast.delivery) == [cast.delivery.pk]
    beside = commented(cast, cast.owner, entry, "Look", tells=cast.delivery.pk, minutes=1)
    assert beside.text == f"@{cast.delivery.pk} Look"
    by_id = commented(cast, cast.owner, entry, f"@{cast.delivery.pk} again @{name}", minutes=2)
    assert told(cast, by_id, cast.owner) == [cast.delivery.pk]


def test_whoever_cannot_see_it_is_refused_by_the_words_that_refuse_who_is_not_there(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    refusals = set()
    names = [
        f"@{cast.rival.name}",
        f"@{cast.stranger.name}",
        "@Nobody Atall",
        f"@{cast.rival.pk}",
        f"@{uuid4()}",
    ]
    for text in names:
        with pytest.raises(CommentRefused) as refused:
            commented(cast, cast.owner, entry, f"Ask {text}")
        refusals.add(str(refused.value))
    with pytest.raises(CommentRefused) as refused:
        commented(cast, cast.owner, entry, f"Ask @{cast.delivery.name}", audience="own")
    assert refusals == {str(refused.value)}
    for person in (cast.rival.pk, uuid4()):
        with pytest.raises(CommentRefused, match="cannot see this"):
            commented(cast, cast.owner, entry, "Ask", tells=person)
    with pytest.raises(CommentRefused, match="cannot see this"):
        commented(cast, cast.owner, entry, "Ask", audience="own", tells=cast.delivery.pk)
    assert read_by(cast, cast.owner, entry) == []


def test_name_that_goes_on_is_another_name_and_of_two_the_longer_is_meant(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    with pytest.raises(CommentRefused):
        commented(cast, cast.owner, entry, f"@{cast.delivery.name}x")
    cast.reader.name = f"{cast.delivery.name} Junior"
    cast.reader.save()
    made = commented(cast, cast.owner, entry, f"@{cast.delivery.name} Junior")
    assert told(cast, made, cast.owner) == [cast.reader.pk]


def test_name_that_several_have_is_chosen_beside_the_text(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    cast.reader.name = cast.delivery.name
    cast.reader.save()
    with pytest.raises(CommentRefused, match="several people have the name"):
        commented(cast, cast.owner, entry, f"@{cast.delivery.name}")
    assert told(cast, commented(cast, cast.owner, entry, tells=cast.reader.pk), cast.owner) == [
        cast.reader.pk
    ]


def test_comment_mentions_so_many_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = written(cast, cast.owner)
    monkeypatch.setattr("handfast.evidence.reading.said.MOST_MENTIONS", 1)
    with pytest.raises(CommentRefused, match="at most 1 people"):
        commented(cast, cast.owner, entry, f"@{cast.delivery.name} @{cast.owner.name}")
    assert MOST_MENTIONS > 1


def test_same_form_sent_twice_is_one_comment_and_other_words_are_another(cast: Cast) -> None:
    entry, form = written(cast, cast.owner), uuid4()
    commented(cast, cast.owner, entry, "Once", sent_as=form)
    with pytest.raises(CommentStands) as twice:
        commented(cast, cast.owner, entry, "Once", sent_as=form)
    assert twice.value.code == "comment-stands"
    commented(cast, cast.owner, entry, "Other words", sent_as=form, minutes=1)
    assert read_by(cast, cast.owner, entry) == ["Once", "Other words"]


def test_author_takes_it_back_once_and_its_text_is_gone(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    made = commented(cast, cast.owner, entry, "Too quick")
    for person in (cast.delivery, cast.reader):
        with pytest.raises(NotPermitted):
            withdraw_comment(cast.actor(person), made, at=AT)
    withdraw_comment(cast.actor(cast.owner), made, at=AT)
    assert read_by(cast, cast.delivery, entry) == [""]
    with pytest.raises(CommentWithdrawn) as again:
        withdraw_comment(cast.actor(cast.owner), made, at=AT)
    assert again.value.code == "comment-withdrawn"
    with entered(cast.actor(cast.owner).reach):
        payloads = Contents.objects.filter(action__startswith="comment.").values_list("payload", flat=True)
        assert len(payloads) == 2
        assert not any("Too quick" in str(one) for one in payloads)


def test_reader_rival_and_stranger_say_nothing(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    for person in (cast.reader, cast.rival, cast.stranger):
        with pytest.raises((NotPermitted, NotSeen)):
            commented(cast, person, entry)
    able = narrowed(cast.actor(cast.owner), "see", "manage-plan")
    with pytest.raises(NotPermitted):
        write_comment(
            able, cast.engagement.space, thing=thing(cast, cast.owner, entry), said=CommentSaid("Mine"), at=AT
        )


def test_only_whom_it_mentions_says_seen_and_once_is_enough(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    made = commented(cast, cast.owner, entry, f"@{cast.delivery.name} look")
    owner, delivery = cast.actor(cast.owner), cast.actor(cast.delivery)
    with entered(owner.reach), pytest.raises(NotPermitted):
        own_mention(owner, made)
    with entered(delivery.reach):
        mention = own_mention(delivery, made)
    with pytest.raises(NotPermitted):
        see_mention(owner, mention, at=AT)
    first = see_mention(delivery, mention, at=AT)
    assert see_mention(delivery, first, at=AT.replace(year=2027)).seen_at == AT
    with entered(owner.reach):
        assert not Contents.objects.filter(action__startswith="mention").exists()


def test_answer_about_the_same_thing_says_that_it_was_seen(cast: Cast) -> None:
    entry, other = written(cast, cast.owner), written(cast, cast.owner, title="Another")
    made = commented(cast, cast.owner, entry, f"@{cast.delivery.name} look")
    commented(cast, cast.delivery, other, "Elsewhere", minutes=1)
    with entered(cast.actor(cast.delivery).reach):
        assert Mention.objects.get(comment=made).seen_at is None
    commented(cast, cast.delivery, entry, "On it", minutes=2)
    with entered(cast.actor(cast.delivery).reach):
        assert Mention.objects.get(comment=made).seen_at is not None


def test_parts_of_a_long_talk_join_without_a_gap(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    for number in range(7):
        commented(
            cast, cast.owner, entry, f"Word {number}", minutes=number // 3
        )  # several in the same instant
    actor, about = cast.actor(cast.owner), thing(cast, cast.owner, entry)
    found: list[str] = []
    with entered(actor.reach):
        part = thread_of(actor, about, most=3)
        while True:
            found = [one.text for one in part.comments] + found
            if part.earlier is None:
                break
            part = thread_of(actor, about, most=3, upto=part.earlier.pk)
        with pytest.raises(NotSeen):
            thread_of(actor, about, most=3, upto=uuid4())
    assert sorted(found) == [f"Word {number}" for number in range(7)]
    assert found == read_by(cast, cast.owner, entry)
