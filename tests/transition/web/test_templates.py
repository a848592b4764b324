"""The pages and operations of an organisation's own templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.transition.own import kept, now
from tests.transition.programme import BEGINS, CALENDARS

from handfast.foundation.scope import entered
from handfast.transition.models import Activity, Plan
from handfast.transition.reading import template_files
from handfast.transition.reading.templates import shipped_text

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django import DjangoAssertNumQueries
    from tests.factories.cast import Cast
    from tests.transition.programme import Programme

    from handfast.people.models import Person
    from handfast.transition.models import PlanTemplate

pytestmark = pytest.mark.django_db
JSON = "application/json"
ASKED_BY_THE_LIST = 12


@pytest.fixture
def cast(db: None) -> Cast:
    from tests.factories.cast import make_cast  # noqa: PLC0415 - only where there is no plan yet

    return make_cast()


def of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def body(answer: HttpResponse) -> str:
    return answer.content.decode()


def at(name: str, own: PlanTemplate) -> str:
    return reverse(f"transition:{name}", args=[own.pk])


def sent(person: Person, own: PlanTemplate, content: bytes, as_seen: str = "") -> HttpResponse:
    file = SimpleUploadedFile("own.yaml", content)
    return of(person).post(at("template_change", own), {"as_seen": as_seen or own.seen_as, "file": file})


def make_form(size: str) -> dict[str, Any]:
    return {
        "size": size, "starts_on": BEGINS.isoformat(), "client_hours": "09:00-17:00",
        "provider_hours": "09:00-17:00", "client_country": "CA", "provider_country": "RS",
    }  # fmt: skip


def test_page_without_a_template_says_how_to_get_one(cast: Cast) -> None:
    told = body(of(cast.owner).get(reverse("transition:templates")))
    assert "No template of your own yet" in told
    assert "Keep a copy" in told
    assert reverse("transition:templates") in body(
        of(cast.owner).get(reverse("transition:make", args=[cast.engagement.pk]))
    )


def test_palette_leads_to_the_templates_of_whoever_acts_for_an_organisation(cast: Cast) -> None:
    asked = reverse("journeys:palette") + "?q=own+templates"
    assert reverse("transition:templates") in body(of(cast.owner).get(asked))
    assert reverse("transition:templates") not in body(of(cast.stranger).get(asked))


def test_copy_is_kept_taken_away_edited_and_made_a_plan_from(cast: Cast) -> None:
    owner, actor = of(cast.owner), cast.actor(cast.owner)
    answer = owner.post(reverse("transition:templates"), {"name": "Our way", "size": "light"})
    assert answer.status_code == 302
    file = owner.get(f"{answer['Location']}text.yaml")
    assert file.content == shipped_text("transition_light").encode()
    assert file["Content-Disposition"] == 'attachment; filename="Our-way.yaml"'
    with entered(actor.reach):
        own = now(actor, kept(actor, "Another"))
    edited = file.content.replace(b"Name one key contact each side", b"Name two key contacts each side", 1)
    assert sent(cast.owner, own, edited).status_code == 302
    owner.get(answer["Location"])  # what was told once is told
    page = body(owner.get(reverse("transition:make", args=[cast.engagement.pk])))
    assert page.index("Another") < page.index("Our way") < page.index("<strong>Light</strong>")
    made = owner.post(reverse("transition:make", args=[cast.engagement.pk]), make_form(str(own.pk)))
    assert made.status_code == 302
    with entered(actor.reach):
        assert Activity.objects.get(key="prepare.contact").name.startswith("Name two key contacts")
        assert Plan.objects.get().made_from["template"] == str(own.pk)
    behind = body(owner.get(reverse("transition:keep_plan", args=[cast.engagement.pk])))
    assert "Another" in behind
    assert "Another" not in body(
        of(cast.delivery).get(reverse("transition:keep_plan", args=[cast.engagement.pk]))
    )


def test_file_that_was_taken_away_is_the_file_that_was_sent_in(cast: Cast) -> None:
    own = kept(cast.actor(cast.owner))
    content = own.text.replace("\n", "\r\n").replace("likely: 1d", "likely: 1.5d", 1).encode()
    assert sent(cast.owner, own, content).status_code == 302
    assert of(cast.owner).get(at("template_yaml", own)).content == content
    again = sent(cast.owner, now(cast.actor(cast.owner), own), content)
    assert again.status_code == 422
    assert "nothing-changes" in body(again)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"content: transition_template\ntitle: \xff", "line 2: this is not UTF-8"),
        (b"x" * 300_001, "a template has at most 300,000"),
        (b"a: [", "own.yaml, line 1"),
        (b"", "The submitted file is empty"),
    ],
)
def test_file_that_is_no_template_is_told_on_the_page_and_changes_nothing(
    cast: Cast, content: bytes, said: str
) -> None:
    actor = cast.actor(cast.owner)
    own = kept(actor)
    answer = sent(cast.owner, own, content)
    assert answer.status_code == 422
    assert said in body(answer)
    assert (now(actor, own).text, now(actor, own).version) == (own.text, 1)


def test_stale_form_is_a_conflict(cast: Cast) -> None:
    own = kept(cast.actor(cast.owner))
    for name, form in (("rename", {"name": "Other"}), ("retire", {}), ("return", {})):
        answer = of(cast.owner).post(at(f"template_{name}", own), form | {"as_seen": "0"})
        assert answer.status_code == 409, name
    edited = own.text.replace("likely: 1d", "likely: 1.5d", 1).encode()
    assert sent(cast.owner, own, edited, as_seen="0").status_code == 409


def test_name_that_is_taken_is_told_beside_its_field(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    own, other = kept(actor), kept(actor, "Another")
    answer = of(cast.owner).post(at("template_rename", other), {"name": own.name, "as_seen": "1"})
    assert answer.status_code == 422
    assert "choose a name that none of them has" in body(answer)
    answer = of(cast.owner).post(reverse("transition:templates"), {"name": own.name, "size": "light"})
    assert answer.status_code == 422
    assert "choose a name that none of them has" in body(answer)
    answer = of(cast.owner).post(at("template_rename", other), {"name": "A third", "as_seen": "1"})
    assert answer.status_code == 302


def test_retired_template_stands_apart_and_is_brought_back(cast: Cast) -> None:
    actor, owner = cast.actor(cast.owner), of(cast.owner)
    own = kept(actor)
    assert owner.post(at("template_retire", own), {"as_seen": "1"}).status_code == 302
    assert "Retired" in body(owner.get(reverse("transition:templates")))
    assert own.name not in body(owner.get(reverse("transition:make", args=[cast.engagement.pk])))
    answer = owner.post(reverse("transition:make", args=[cast.engagement.pk]), make_form(str(own.pk)))
    assert answer.status_code == 422
    assert owner.post(at("template_return", own), {"as_seen": "2"}).status_code == 302
    assert own.name in body(owner.get(reverse("transition:make", args=[cast.engagement.pk])))


def test_what_the_program_ships_since_is_shown_and_not_taken(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = kept(cast.actor(cast.owner))
    monkeypatch.setattr(template_files, "shipped_text", lambda _name: "another")
    for page in (
        reverse("transition:make", args=[cast.engagement.pk]), reverse("transition:templates"), at("template", own)
    ):  # fmt: skip
        assert "the shipped one has changed since" in body(of(cast.owner).get(page))
    assert of(cast.owner).get(at("template_yaml", own)).content == own.text.encode()


def test_template_that_a_later_release_cannot_read_is_told_so_and_kept(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    own = kept(actor)
    with entered(actor.reach):
        type(own).objects.filter(pk=own.pk).update(text="content: old\n")
    answer = of(cast.owner).get(at("template", own))
    assert answer.status_code == 200
    assert "no longer reads the text" in body(answer)
    made = of(cast.owner).post(reverse("transition:make", args=[cast.engagement.pk]), make_form(str(own.pk)))
    assert made.status_code == 422
    told = of(cast.owner).get(f"/api/transition/templates/{own.pk}").json()
    assert told["compared"] is None
    assert "write transition_template" in told["unread"]


@pytest.mark.parametrize("who", ["delivery", "rival", "stranger"])
def test_template_of_another_organisation_is_as_if_it_were_not_there(cast: Cast, who: str) -> None:
    own, person = kept(cast.actor(cast.owner), "Lumen way"), getattr(cast, who)
    other, absent = of(person), own.pk.hex[::-1]
    for name in ("template", "template_yaml"):
        here = at(name, own)
        seen, gone = other.get(here), other.get(here.replace(str(own.pk), str(type(own.pk)(hex=absent))))
        assert (seen.status_code, gone.status_code) == (404, 404)
        assert "Lumen way" not in body(seen)
    for name in ("change", "rename", "retire", "return"):
        assert other.post(at(f"template_{name}", own), {"as_seen": "1"}).status_code == 404
    assert other.get(f"/api/transition/templates/{own.pk}").status_code == 404
    assert "Lumen way" not in body(other.get("/api/transition/templates"))
    assert "Lumen way" not in body(other.get(reverse("transition:templates")))
    answer = other.post(reverse("transition:make", args=[cast.engagement.pk]), make_form(str(own.pk)))
    assert answer.status_code == (422 if who == "delivery" else 404)
    asked = {"template_id": str(own.pk), "starts_on": BEGINS.isoformat(), "calendars": CALENDARS}
    answer = other.post(f"/api/transition/engagements/{cast.engagement.pk}/plan", asked, content_type=JSON)
    assert answer.status_code == 404


def test_reader_reads_and_changes_nothing(cast: Cast) -> None:
    own, reader = kept(cast.actor(cast.owner)), of(cast.reader)
    assert reader.get(at("template", own)).status_code == 200
    assert reader.get(reverse("transition:templates")).status_code == 200
    assert "Keep it" not in body(reader.get(reverse("transition:templates")))
    for name in ("change", "rename", "retire", "return"):
        assert reader.post(at(f"template_{name}", own), {"as_seen": "1"}).status_code == 403
    answer = reader.post(reverse("transition:templates"), {"name": "Mine", "size": "light"})
    assert answer.status_code == 403


def test_api_keeps_changes_names_retires_and_brings_back(cast: Cast) -> None:
    owner, here = of(cast.owner), "/api/transition/templates"

    def asked(method: str, path: str, **said: Any) -> Any:
        answer = getattr(owner, method)(path, said, content_type=JSON)
        assert answer.status_code < 300, answer.content
        return answer.json()

    one = asked("post", here, name="Our way", size="light")
    path = f"{here}/{one['id']}"
    text = asked("get", path)["text"].replace("likely: 1d", "likely: 1.5d", 1)
    assert asked("put", f"{path}/text", as_seen="1", text=text)["version"] == 2
    assert len(asked("get", path)["compared"]["differing"]) == 1
    assert asked("put", f"{path}/name", as_seen="2", name="Another")["name"] == "Another"
    assert asked("post", f"{path}/retirement", as_seen="3")["retired_at"]
    assert asked("post", f"{path}/return", as_seen="4")["retired_at"] is None
    wrong = owner.put(f"{path}/text", {"as_seen": "5", "text": "a: ["}, content_type=JSON)
    assert (wrong.status_code, wrong.json()["type"]) == (422, "urn:handfast:refusal:template-file-refused")
    plans = f"/api/transition/engagements/{cast.engagement.pk}/plan"
    both = {"starts_on": BEGINS.isoformat(), "calendars": CALENDARS}
    for said in (both, both | {"size": "light", "template_id": one["id"]}):
        assert owner.post(plans, said, content_type=JSON).status_code == 422
    asked("post", plans, template_id=one["id"], **both)
    behind = asked("get", f"{plans}/template")
    assert (behind["template"]["name"], behind["version"]) == ("Another", 5)
    other = of(cast.delivery).get(f"{plans}/template").json()
    assert other == {"template": None, "version": None, "sha256": ""}
    assert asked("post", f"{plans}/template", name="As it went")["origin"] == "plan"
    assert [one["name"] for one in asked("get", here)] == ["Another", "As it went"]


def test_plan_is_kept_on_its_page(programme: Programme) -> None:
    owner, here = (
        of(programme.cast.owner),
        reverse("transition:keep_plan", args=[programme.cast.engagement.pk]),
    )
    assert owner.post(here, {"name": "As it went"}).status_code == 302
    again = owner.post(here, {"name": "as it WENT"})
    assert again.status_code == 422
    assert "choose a name that none of them has" in body(again)


def test_list_asks_as_often_for_one_as_for_thirty(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor, owner = cast.actor(cast.owner), of(cast.owner)
    kept(actor)
    owner.get(reverse("transition:templates"))
    for number in range(30):
        if number in (0, 29):
            with django_assert_num_queries(ASKED_BY_THE_LIST):
                assert owner.get(reverse("transition:templates")).status_code == 200
        kept(actor, f"Way {number}")
