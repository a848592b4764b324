"""An organisation's own templates: kept, changed, retired; no release overwrites them and nobody else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import narrowed
from tests.transition.own import kept, kept_from, now, with_text
from tests.transition.programme import AT, BEGINS, CALENDARS, Programme, programme_of

from handfast.foundation.models import Contents
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.foundation.texts import TextRefused
from handfast.people.queries import home_space_of
from handfast.transition.actions import (
    amend_template,
    bring_back_template,
    keep_template,
    make_plan,
    rename_template,
    retire_template,
)
from handfast.transition.actions.templates import MOST_TEMPLATES
from handfast.transition.models import Activity, Link, Plan, PlanTemplate, Step
from handfast.transition.queries.grown import grown_of
from handfast.transition.queries.lines import step_lines
from handfast.transition.queries.plan_as_template import repeated_of
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.templates import (
    compared,
    has_shipped_changed,
    template_behind,
    template_in,
    templates_seen_by,
)
from handfast.transition.reading import template_files
from handfast.transition.reading.drawn import drawn
from handfast.transition.reading.template_files import read_template
from handfast.transition.reading.templates import shipped_text, template_of
from handfast.transition.refusals import (
    NothingChanges,
    TemplateFileRefused,
    TemplateInUse,
    TemplateNameTaken,
    TemplateRetired,
    TooManyTemplates,
)

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db
INTERNAL = "Renegotiate the night shift"
# The light template without its tasks, with one more activity and another length.
OURS = (
    ("low: 0.5d, likely: 1d, high: 2d", "low: 2d, likely: 3d, high: 4d"),
    (
        "  - id: prepare.contact\n",
        (
            "  - id: prepare.badges\n    step: launch\n    name: Order badges\n    lead: client\n"
            "    duration: {low: 1d, likely: 1d, high: 1d}\n    after:\n"
            "      - {activity: prepare.goal, link: FS, lag: 1d}\n    mainly_done_by: ''\n  - id: prepare.contact\n"
        ),
    ),
)


@pytest.fixture
def cast(db: None) -> Cast:
    from tests.factories.cast import make_cast  # noqa: PLC0415 - only where there is no plan yet

    return make_cast()


def made(actor: Actor, cast: Cast, own: PlanTemplate) -> Programme:
    """The plan of the cast's deal, made from an own template and dated."""
    with entered(actor.reach):
        plan = make_plan(
            actor, cast.engagement, template=template_in(own), own=own, starts_on=BEGINS, calendars=CALENDARS, at=AT
        )  # fmt: skip
    programme = Programme(cast, plan.pk)
    programme.date()
    return programme


def test_copy_is_the_shipped_text_letter_by_letter(programme: Programme) -> None:
    own = kept(programme.provider, size="complex")
    assert own.text == shipped_text("transition_complex")
    assert (own.origin, own.size, own.version, own.name) == ("shipped", "complex", 1, "Our way")
    assert own.sha256 == own.shipped_sha256
    assert template_in(own) == template_of("complex")


def test_other_release_leaves_the_copy_and_the_plan_made_from_it_as_they_were(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = cast.actor(cast.owner)
    own = kept(actor)
    programme = made(actor, cast, own)
    with entered(actor.reach):
        before = [
            (one.key, one.name, one.likely) for one in Activity.objects.filter(plan_id=programme.plan_id)
        ]
        assert not has_shipped_changed(own)
    later = shipped_text("transition_light").replace("Name one key contact each side", "Name everybody")
    monkeypatch.setattr(template_files, "shipped_text", lambda _name: later)
    found = now(actor, own)
    assert has_shipped_changed(found)
    assert (found.text, found.sha256) == (own.text, own.sha256)
    assert "Name everybody" not in found.text
    with entered(actor.reach):
        after = [
            (one.key, one.name, one.likely) for one in Activity.objects.filter(plan_id=programme.plan_id)
        ]
        assert programme.plan().made_from["sha256"] == own.sha256
    assert after == before


def test_plan_made_from_an_own_template_has_what_it_says_and_remembers_it(cast: Cast) -> None:
    actor = cast.actor(cast.delivery)
    own = with_text(actor, kept(actor), *OURS)
    programme = made(actor, cast, own)
    with entered(actor.reach):
        plan = programme.plan()
        assert programme.activity("prepare.goal").likely == "3d"
        badges = programme.activity("prepare.badges")
        assert (badges.name, badges.needs) == ("Order badges", [])
        assert programme.dates("prepare.badges").starts_at > programme.dates("prepare.goal").ends_at
        assert plan.size == "light"
        assert plan.made_from["version"] == own.version
        assert template_behind(actor, plan) == own
        blocks = step_lines(rows_of(plan))
    assert "Order badges" in [line.name for line in blocks[0].lines]


def test_other_side_sees_neither_the_template_nor_that_a_plan_was_made_from_it(cast: Cast) -> None:
    provider, client, rival = (cast.actor(one) for one in (cast.delivery, cast.owner, cast.rival))
    own = kept(provider, name="Danube way")
    programme = made(provider, cast, own)
    for other in (client, rival):
        with entered(other.reach):
            assert list(templates_seen_by(other)) == []
            assert not PlanTemplate.objects.filter(pk=own.pk).exists()
        with pytest.raises(NotSeen):
            now(other, own)
    with entered(client.reach):
        assert template_behind(client, programme.plan()) is None
        told = [str(one.payload) for one in Contents.objects.filter(space_id=cast.engagement.space_id)]
    assert not [one for one in told if str(own.pk) in one or own.sha256 in one]


def test_nobody_changes_or_plans_with_the_template_of_another_organisation(cast: Cast) -> None:
    provider, client = cast.actor(cast.delivery), cast.actor(cast.owner)
    own = kept(provider)
    with entered(client.reach):
        with pytest.raises(NotSeen):
            keep_template(client, own.space, name="Theirs", size="light", at=AT)
        with pytest.raises(NotSeen):
            rename_template(client, own, name="Theirs", at=AT)
        with pytest.raises(Conflict, match="has changed since"):
            make_plan(
                client, cast.engagement, template=template_of("light"), own=own, starts_on=BEGINS,
                calendars=CALENDARS, at=AT,
            )  # fmt: skip
        assert not Plan.objects.exists()


def test_role_that_plans_nowhere_keeps_and_changes_nothing(cast: Cast) -> None:
    owner, reader = cast.actor(cast.owner), cast.actor(cast.reader)
    own = kept(owner)
    assert now(reader, own) == own
    for actor in (reader, narrowed(owner, "see", "manage-people")):
        with entered(actor.reach):
            with pytest.raises(NotPermitted):
                keep_template(actor, own.space, name="Mine", size="light", at=AT)
            with pytest.raises(NotPermitted):
                retire_template(actor, own, at=AT)
    stranger = cast.actor(cast.stranger)
    with entered(stranger.reach), pytest.raises(NotSeen):
        home_space_of(stranger)


def test_template_is_named_once_and_a_copy_needs_a_size(programme: Programme) -> None:
    actor = programme.client
    kept(actor)
    with pytest.raises(TemplateNameTaken, match="Our WAY"):
        kept(actor, name=" Our WAY ")
    with pytest.raises(TextRefused):
        kept(actor, name="\n")
    with pytest.raises(TemplateFileRefused, match="no such size"):
        kept(actor, name="Huge", size="huge")
    kept(programme.provider)
    with entered(actor.reach):
        assert [one.name for one in templates_seen_by(actor)] == ["Our way"]


def test_stale_form_changes_nothing(programme: Programme) -> None:
    actor = programme.client
    own = kept(actor)
    with entered(actor.reach):
        rename_template(actor, own, name="Another", at=AT, as_seen="1")
        with pytest.raises(Conflict):
            rename_template(actor, own, name="A third", at=AT, as_seen="1")
        text = own.text.replace("likely: 1d", "likely: 2d", 1)
        read = read_template(text, name="own.yaml", size="light")
        with pytest.raises(Conflict):
            amend_template(actor, own, text=text, read=read, at=AT, as_seen="1")
    assert (now(actor, own).name, now(actor, own).text, now(actor, own).version) == ("Another", own.text, 2)


def test_same_text_and_another_size_are_no_change(programme: Programme) -> None:
    actor = programme.client
    own = kept(actor)
    with entered(actor.reach):
        with pytest.raises(NothingChanges):
            amend_template(actor, own, text=own.text, read=template_of("light"), at=AT)
        with pytest.raises(TemplateFileRefused):
            amend_template(actor, own, text="another", read=template_of("standard"), at=AT)


def test_retired_template_makes_no_plan_until_it_is_brought_back(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    own = kept(actor)
    with entered(actor.reach):
        with pytest.raises(TemplateInUse):
            bring_back_template(actor, own, at=AT)
        own = retire_template(actor, own, at=AT, as_seen=own.seen_as)
        for refused in (
            lambda: retire_template(actor, own, at=AT),
            lambda: rename_template(actor, own, name="Other", at=AT),
            lambda: amend_template(actor, own, text="x", read=template_of("light"), at=AT),
        ):
            with pytest.raises(TemplateRetired):
                refused()
    with pytest.raises(TemplateRetired):
        made(actor, cast, own)
    other = kept(actor)
    with entered(actor.reach):
        with pytest.raises(TemplateNameTaken):
            bring_back_template(actor, own, at=AT)
        rename_template(actor, other, name="The next way", at=AT)
        assert bring_back_template(actor, own, at=AT).retired_at is None
    assert made(actor, cast, own).plan_id


def test_organisation_keeps_so_many_templates(programme: Programme) -> None:
    actor = programme.client
    own = kept(actor)
    with entered(actor.reach):
        PlanTemplate.objects.bulk_create(
            PlanTemplate(
                space_id=own.space_id, name=f"T {number}", size="light", origin="shipped", text="", sha256="",
                release="0", shipped_sha256="", kept_at=AT, changed_at=AT,
            )
            for number in range(MOST_TEMPLATES - 1)
        )  # fmt: skip
    with pytest.raises(TooManyTemplates):
        kept(actor, name="One more")


def test_template_that_changed_while_the_form_stood_open_makes_no_plan(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    own = kept(actor)
    with_text(actor, own, *OURS)
    with pytest.raises(Conflict, match="has changed since"):
        made(actor, cast, own)


def test_comparison_names_what_is_only_in_one_and_what_is_not_alike(programme: Programme) -> None:
    actor = programme.client
    own = kept(actor)
    assert compared(own).is_same
    found = compared(with_text(actor, own, *OURS))
    assert found.own == ("Order badges",)
    assert [one.partition(":")[0] for one in found.differing] == ["Write one page"]
    assert found.shipped == ()


def test_plan_is_kept_without_what_only_one_side_sees_dates_persons_and_actuals() -> None:
    programme = programme_of("standard")
    for actor, lead, waiting in (
        (programme.client, "client", "launch.contract_pack"),
        (programme.provider, "provider", "hiring.source"),
    ):
        with entered(actor.reach):
            alone = programme.internal(actor, "", f"{INTERNAL} {lead}", lead=lead, likely="1d")
            programme.link(actor, alone, programme.activity(waiting))
    with entered(programme.client.reach):
        programme.change(
            programme.client, "launch.contract_pack", owner_id=programme.cast.owner.pk, not_before_on=BEGINS,
            name="Hand the whole contract over",
        )  # fmt: skip
    for actor in (programme.client, programme.provider):
        with entered(actor.reach):
            own = kept_from(actor, programme.plan())
        assert INTERNAL not in own.text
        assert "Hand the whole contract over" in own.text
        assert not [word for word in ("2026", "Priya", str(programme.cast.owner.pk)) if word in own.text]
        assert (own.origin, own.size) == ("plan", "standard")


@pytest.mark.parametrize("size", ["light", "standard", "complex"])
def test_plan_kept_as_a_template_has_the_same_activities_and_waits(size: str) -> None:
    programme = programme_of(size)
    with entered(programme.client.reach):
        own = kept_from(programme.client, programme.plan())
    said, shipped = drawn(template_in(own)), drawn(template_of(size))
    assert list(said.values) == list(shipped.values)
    assert set(said.waits) == set(shipped.waits)
    for key, values in shipped.values.items():
        assert {name: said.values[key][name] for name in values} == dict(values)
    assert template_in(own).waves == template_of(size).waves


def test_what_waited_for_a_gate_waits_in_the_template_for_what_the_gate_waited_for() -> None:
    programme = programme_of("light")
    actor = programme.client
    with entered(actor.reach):
        plan = programme.plan()
        goal, after = programme.activity("prepare.goal"), programme.activity("settle.done")
        gate = Activity.objects.create(
            space_id=plan.space_id, plan=plan, key="added.gate", position=9999, name="Decide", kind="gate", lead="joint"
        )  # fmt: skip
        for ends in ((goal, gate), (gate, after)):
            Link.objects.create(
                space_id=plan.space_id, plan=plan, before_id=ends[0].pk, after_id=ends[1].pk, kind="FS"
            )
        said = drawn(template_in(kept_from(actor, plan)))
    assert "added.gate" not in said.values
    assert ("prepare.goal", "settle.done", "FS", "") in said.waits


def test_plan_of_an_own_template_grows_and_work_it_left_out_stays_out(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    own = kept(actor)
    start = own.text.index("  - id: prepare.calendar\n")
    end = own.text.index("  - id: prepare.tasks\n")
    cut = own.text[start:end]
    link = "      - {activity: prepare.calendar, link: FS, lag: 0d}\n"
    replaced = [(cut, ""), OURS[0]] + [(link, "")] * own.text.count(link)
    own = with_text(actor, own, *replaced)
    programme = made(actor, cast, own)
    with entered(actor.reach):
        grown = grown_of(programme.plan(), AT)
        goal = next(one for one in grown.lines if one.was is not None and one.was.key == "prepare.goal")
        assert goal.will is not None
        assert goal.will.likely == "3d"
        left = {one.shown.key for one in grown.of("left out")}
        assert left
        assert {one.why for one in grown.of("left out")} == {"this work was left out before"}
        assert not left & {one.key for one in grown.added}


def test_later_wave_takes_the_defaults_of_the_own_template(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    own = kept(actor, size="complex")
    own = with_text(actor, own, ("duration_factor: 0.8", "duration_factor: 0.65"))
    programme = made(actor, cast, own)
    with entered(actor.reach):
        (repeated,) = repeated_of(programme.plan())
        assert repeated["percent"] == 65
        assert Step.objects.filter(plan_id=programme.plan_id).count() == 15


def test_journal_tells_of_each_change_in_the_home_of_the_organisation(programme: Programme) -> None:
    actor = programme.client
    own = with_text(actor, kept(actor), *OURS)
    with entered(actor.reach):
        retire_template(actor, own, at=AT)
        told = Contents.objects.filter(space_id=own.space_id, action__startswith="plan_template.")
        assert sorted(told.values_list("action", flat=True)) == [
            "plan_template.amended", "plan_template.kept", "plan_template.retired",
        ]  # fmt: skip
