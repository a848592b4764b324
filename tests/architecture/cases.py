"""What is asked: for every route the objects of every place, and bodies that would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.architecture.marks import WORD, mark
from tests.records.deal import MAPPING
from tests.transition.programme import CALENDARS

if TYPE_CHECKING:
    from tests.architecture.askers import Asker
    from tests.architecture.deals import Deal
    from tests.architecture.rules import Rule

ABSENT = str(UUID(int=uuid4().int))
NOWHERE = "nothing-of-this-name"
FREE = frozenset(
    {
        "register",
        "register_key",
        "step_key",
        "about",
        "column",
        "level",
        "record",
        "period",
        "number",
        "place",
        "form",
        "pack_form",
        "verb",
        "name",
        "key",
        "secret",
        "feed_secret",
        "decide_secret",
        "survey_secret",
        "class_code",
        "sitting_secret",
        "population",
        "session",
    }
)
MAKERS = {
    "staff": "provider",
    "value": "provider",
    "sheet": "provider",
    "statement": "provider",
    "adjustment": "provider",
    "version": "provider",
    "milestone": "provider",
    "dispute": "client",
    "activity": "client",
    "change": "provider",
    "baseline": "provider",
    "step_status": "client",
    "cover": "client",
    "freeze": "client",
    "deliverable": "provider",
    "growth": "client",
    "step": "client",
    "waiver": "client",
    "relief": "client",
    "dependency": "client",
    "decision": "client",
    "survey": "client",
    "training_class": "provider",
}
OF_ONE_SIDE = frozenset({"channel", "draft", "invitation", "offered", "view"})
OTHER_WORDS = {
    "form": "xlsx",
    "pack_form": "xlsx",
    "number": "1",
    "made": "draft",
    "upload": "refused_upload",
    "subject": "adjustment",
}


@dataclass(frozen=True, slots=True)
class Case:
    """The values of an address: where they come from, and whether a word of them names nothing."""

    place: str
    values: dict[str, str]
    deal: str
    side: str
    is_mixed: bool = False
    is_absent: bool = False
    is_odd: bool = False


def values_of(deal: Deal, side: str) -> dict[str, str]:
    """All that addresses name, of one deal as one side has it."""
    free = {
        "form": "csv",
        "pack_form": "pdf",
        "name": "freshdesk",
        "key": "light",
        "verb": "",
        "register": "issues",
        "register_key": "issues",
        "step_key": "launch",
        "about": "entry",
        "column": "owner",
        "place": "1",
        "subject": deal.shared["statement"],
    }
    return (
        {"delegation": ABSENT, "token": ABSENT, "notice": ABSENT, "session": "of-nobody"}
        | free
        | deal.shared
        | deal.own[side]
    )


def cases_of(keys: tuple[str, ...], deals: dict[str, Deal]) -> list[Case]:
    """Own, the other side's, a rival's, others'; two deals mixed; absent ids; words that name nothing."""
    if not keys:
        return [Case("only", {}, "", "")]
    ours, rival = (values_of(deals[name], "provider") for name in ("ours", "rival"))
    client = values_of(deals["ours"], "client")
    found = [
        Case(f"{name}, {side}", values_of(deal, side), name, side)
        for name, deal in deals.items()
        for side in ("client", "provider")
    ]
    ids = [key for key in keys if key not in FREE]
    if ids:
        found.append(Case("absent", client | dict.fromkeys(ids, ABSENT), "ours", "client", is_absent=True))
    if len(ids) > 1:
        inner = {key: ABSENT for key in ids if key != "engagement"}
        found.append(Case("absent inside", client | inner, "ours", "client", is_absent=True))
        found += [
            Case("mixed", rival | {"engagement": ours["engagement"]}, "ours", "provider", is_mixed=True),
            Case(
                "mixed, client",
                values_of(deals["rival"], "client") | {"engagement": ours["engagement"]},
                "ours",
                "client",
                is_mixed=True,
            ),
        ]
    for key, other in OTHER_WORDS.items():
        if key in keys:
            found.append(
                Case(
                    f"other {key}",
                    client | {key: client.get(other, other)},
                    "ours",
                    "client",
                    is_odd=key in ("number", "made", "subject"),
                )
            )
    for key in (one for one in keys if one in FREE and one not in {"number", "place"}):
        found.append(Case(f"odd {key}", client | {key: NOWHERE}, "ours", "client", is_odd=True))
    return found


def expected(rule: Rule, asker: Asker, case: Case, keys: tuple[str, ...], *, is_api: bool) -> frozenset[int]:  # noqa: PLR0911 - one for each kind of rule
    """The statuses that the policy allows."""
    if rule.kind == "open":
        return DONE | MISSED | frozenset({410})  # a link that was used
    if rule.kind == "library":
        return DONE | MISSED | frozenset({400, 401, 403, 405, 429})
    if not asker.is_known:
        return frozenset({401} if is_api else {302})
    if rule.kind == "signed-in":
        return DONE | MISSED if case.is_odd else DONE | REFUSED_OF_ITSELF
    if not sees(asker, case, keys):
        return frozenset({404})
    if rule.kind == "can" and not may(rule, asker, case):
        return DONE | frozenset({403, 404}) if case.is_odd else frozenset({403})
    return DONE | frozenset({403, 404}) if case.is_odd else DONE


# What an operation asks in its query.
# Every canary begins with the same word: whoever looks for it is told all that says one.
ASKED = {"calendar": "?calendar=office&year=2026", "difference": "?before=1&after=2", "search": f"?q={WORD}"}
DONE = frozenset({200, 201, 202, 204, 302, 303, 409, 422})
MISSED = frozenset({404})
REFUSED_OF_ITSELF = frozenset({403, 404})  # a form of one's own that asks more than to be signed in


def sees(asker: Asker, case: Case, keys: tuple[str, ...]) -> bool:
    """Whether all that the address names is in sight of the asker, and belongs together."""
    for key in ("delegation", "token", "notice", "session"):
        if key in keys:
            return case.values[key] == asker.own.get(key)
    if "last" in keys and case.values["last"] not in asker.last_changes:
        return False
    for key, mine in (("account", asker.accounts), ("feed", asker.feeds)):
        if key in keys:
            return case.values[key] in mine
    if keys in (("organisation",), ("template",)):
        # A template belongs to an organisation, and to none of its engagements.
        is_taken = bool(asker.secret) if keys == ("organisation",) else case.is_absent
        return bool(asker.sides) and not is_taken and case.values["organisation"] == asker.organisation
    if case.is_absent or case.is_mixed or case.deal not in asker.sides:
        return False
    is_drafts = bool(OF_ONE_SIDE & set(keys)) or ("made" in keys and case.place == "other made")
    return not is_drafts or asker.sides[case.deal] == case.side


def may(rule: Rule, asker: Asker, case: Case) -> bool:
    """Whether the asker's role and side are those that the rule names."""
    if rule.by == "somewhere":
        return any(rule.word in words for words in asker.words.values())
    if rule.word not in asker.words[case.deal]:
        return False
    if rule.by.startswith("person"):
        manages = rule.by == "person or manager" and "manage-people" in asker.words[case.deal]
        return manages or (asker.person is not None and str(asker.person.pk) == case.values[rule.of])
    side = asker.sides[case.deal]
    if rule.by == "own":
        return side == case.side
    if rule.by == "maker":
        return side == MAKERS[rule.of]
    return rule.by != "other" or side != MAKERS[rule.of]


PASTED = {
    "operate:bring_in_figures": "Month\tCredit\n2026-02\t10",
    "contract:summary_sheet": "Contract\tAnother\nTerm starts\t2026-05-04",
    "journeys:people_several": "new@lumen.example\tReader",
}


def form_of(name: str, deal: Deal) -> dict[str, Any]:
    """A form that the page would take, as far as one body can be right for all."""
    words = {
        "name": f"N {mark('sent')}", "size": "light", "side": "client", "other_name": "Another", "zone": "UTC",
        "other_zone": "UTC", "currency": "EUR", "as_seen": "stale", "email": "new@mail.example", "roles": "reader",
        "organisation_name": "House", "source": deal.shared["source"], "mapping": MAPPING, "key": "second", "preset": "freshdesk",
        "period": "2026-03", "typed": "3", "level": "first_response", "reason": "Because", "kind": "time excluded",
        "type": "agreed", "starts": "2026-03-03T10:00:00Z", "ends": "2026-03-03T11:00:00Z", "title": "Another",
        "text": "zone: UTC", "password": "a long word for tests", "token_name": "Mine", "days": "30", "effect": "Later", "digest_hour": "7",
        "low": "1d", "likely": "2d", "high": "3d", "lead": "client", "audience": "own", "hours": "09:00-17:00",
        "starts_on": "2026-05-04", "before": deal.shared["other_activity"], "first_on": "2026-07-01",
        "last_on": "2026-07-03", "percent": "50", "role": "trainer", "number": "2",
        "client_hours": "09:00-17:00", "provider_hours": "09:00-17:00",
        "wave": "1", "rag": "red", "path_to_green": "Hire four", "on": "2026-12-25", "how": "closed", "note": "", "until_on": "2026-05-04",
        "submits_side": "provider", "review_days": "5", "reasons": "Page 3 is missing",
        "due_on": "2026-07-10", "payment": "1000.00", "clause": "", "step_key": "", "replaces": "", "to": "in-work", "measure": "satisfaction", "value": "4.21", "attested_by": "Head of service",
        "effective_on": "2026-05-04", "renewal": "none", "after": "1",
        "shared_with": "side", "summary": "What changes", "issuer": "",
        "names": "Somebody", "risk": "It can happen", "until_then": "We look daily", "expires_on": "2099-07-01",
        "closes_on": "2099-07-01", "questions": "Are we well? | agree", "sent_by": "invitation", "usual": "", "group": "All", "emails": "new@mail.example", "holds": "yes", "outcome": "no-go", "repeat_on": "2099-07-01", "proof": "attestation", "compare": "=", "needs": "1",
    }  # fmt: skip
    if name in {"records:send", "records:mapping"}:
        words["file"] = SimpleUploadedFile("sent.csv", b"Ticket,At,Event\nL,2026-03-02T09:00:00,created\n")
    if name.startswith("learning:"):
        words |= learned(name, deal)
    words["thing"] = "I-3"  # an entry that both see and that nothing is linked with
    words["address"] = "https://wiki.example/refunds"
    if name in {"evidence:files", "evidence:reference_add", "evidence:document_file"}:
        words["file"] = SimpleUploadedFile("sent.txt", b"Sent\n")
    if name == "evidence:documents_several":
        words |= {"files": SimpleUploadedFile("sent.md", b"Sent\n"), "kind": "guide"}
    if name == "packs:new":
        words |= {"kind": "statement", "statement": deal.shared["statement"]}
    if name in PASTED:
        words |= {"pasted": PASTED[name], "step": "save"}
    if name == "engagement:invite":
        words["starts_on"] = ""  # for good, and not for a time
    if name == "journeys:skip_step":
        words["step"] = "people"
    if name == "operate:propose":
        words["source"] = "desk"
    return words


def learned(name: str, deal: Deal) -> dict[str, Any]:
    """What the forms of certification ask."""
    words = {
        "kind": "process", "minimum": "2", "validity_months": "12", "process": "", "ends_on": "2026-06-04",
        "topics": deal.shared["topic"], "topic": deal.shared["topic"], "labels": "N-9", "minutes": "60", "expert": "Expert",
        "starts_at": "2099-05-04T10:00", "left_on": "2026-05-04", "taken_on": "2026-03-04", "score": "80",
        "part": deal.shared["test_part"], "parts-TOTAL_FORMS": "0", "parts-INITIAL_FORMS": "0", "days": "3",
        "code": deal.shared["class_code"], "m-0-0": "2", "m-0-1": "2", "m-0-2": "2", "m-0-3": "2", "m-0-4": "2",
    }  # fmt: skip
    if name == "learning:questions_add":
        words["pasted"] = "Question\tA\tB\tRight\nWhy\tYes\tNo\tA"
    if name == "learning:results":
        words["pasted"] = (
            f"Staff number\tTopic\tPart\tTaken on\tScore\n{deal.shared['label']}\tTP-1\t{deal.shared['test_name']}\t2026-03-04\t80 %"
        )
    if name == "learning:tests":
        words = {"number": deal.shared["label"]}
    return words


def body_of(schema: dict[str, Any], whole: dict[str, Any], deal: Deal) -> dict[str, Any]:
    """A body of the form that OpenAPI describes."""
    if "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    words = form_of("", deal) | {
        "expires_at": "2030-01-01T00:00:00Z", "membership_id": deal.own["client"]["membership"], "roles": ["reader"],
        "said": {"kind": "time excluded", "type": "agreed", "source": "desk", "from": "2026-03-03T10:00:00Z",
                 "to": "2026-03-03T11:00:00Z", "reason": "Because"},
        "person_id": deal.shared["decider"], "if_silent": "It stays", "answer": "approved", "sha256": "0" * 64,
        "kinds": ["evidence.mentioned"], "form": "chat",
        "activity_ids": [deal.shared["activity"]], "before_id": deal.shared["other_activity"], "after_id": deal.shared["activity"], "kind": "FS",
        "names": ["Somebody"], "end_on": "2026-07-04", "percent": 50, "review_days": 5, "reasons": ["Page 3 is missing"], "conditions": [], "calendars": CALENDARS,
        "replaces": None, "taken": [{"milestone_id": deal.shared["milestone"], "activity_id": None}],
        "entries": [{"id": deal.shared["item"], "as_seen": "1"}], "asked": {"text": "Another", "sort": "newest"}, "steps": {"p1": "people"}, "wanted": ["r2"], "kind_key": "statement", "of": {"statement": deal.shared["statement"]}, "rows": "Another\tTrain\tclient\t2d", "csv": "Title,Month,Credit\nTaken in,2026-02,10\n",
        "signatures": [{"id": deal.shared["signature"], "sha256": "0" * 64}],
        "documents": [{"title": "Another", "text": "Text"}],
        "people": [{"email": "new@lumen.example", "roles": ["reader"]}],
        "holds": True, "needs": "1",
        "questions": [{"text": "Are we well?", "kind": "agree"}], "persons": [], "emails": ["new@mail.example"],
        "minimum": 2, "validity_months": 12, "parts": [], "bank": [{"text": "Why", "choices": ["Yes", "No"], "right": [0]}], "ends_on": "2026-06-04", "topics": [deal.shared["topic"]],
        "labels": ["N-9"], "results": [{"trainee": deal.shared["label"], "topic": "TP-1", "part": deal.shared["test_name"], "taken_on": "2026-03-04", "score": "0.8"}],
        "part_id": deal.shared["test_part"], "marks": [[2, 2, 2, 2, 2]], "taken_on": "2026-03-04", "left_on": "2026-05-04", "topic_id": deal.shared["topic"],
        "starts_at": "2099-05-04T10:00:00Z", "minutes": 60, "expert": "Expert", "there": {},
        "signers": [{"side": "provider", "role": "trainer"}],
    }  # fmt: skip
    asked = schema.get("properties", {})
    return {key: words.get(key) for key in asked if key in words or key in schema.get("required", ())}
