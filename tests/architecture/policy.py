"""Who may do what, route by route: the one table that every door is held to."""

from __future__ import annotations

from tests.architecture import (
    bringing_policy,
    gate_policy,
    learning_policy,
    mail_policy,
    paper_policy,
    people_policy,
    plan_policy,
    survey_policy,
)
from tests.architecture.rules import OPEN, SEE, SIGNED_IN, Rule, can, form, read, write

SEE_WORDS = frozenset({"see", "export"})
MANAGE = frozenset({"manage-engagement", "manage-people"})
TERMS = frozenset({"write-terms", "agree-terms"})
MONTHS = frozenset(
    {"keep-registers", "make-statements", "answer-statements", "propose-adjustments", "answer-adjustments"}
)
RECORDS = frozenset({"import-records"})
KEEP = frozenset({"keep-registers"})
PROGRESS = KEEP | {"report-progress"}
PLAN = PROGRESS | {"manage-plan", "review-deliverables"}
# What a role may, said a second time: a word that a role gains or loses by mistake turns the matrix red.
MAY: dict[str, frozenset[str]] = {
    "sponsor": MANAGE | PLAN | TERMS | MONTHS,
    "programme-manager": MANAGE | PLAN | RECORDS | TERMS,
    "vendor-manager": MANAGE | PLAN | RECORDS | TERMS | MONTHS,
    "process-owner": RECORDS | PROGRESS | {"propose-adjustments", "review-deliverables"},
    "finance": MONTHS,
    "account-executive": MANAGE | PLAN | TERMS | MONTHS,
    "transition-manager": MANAGE | PLAN | RECORDS,
    "delivery-manager": MANAGE | PLAN | RECORDS | TERMS | MONTHS,
    "trainer": PROGRESS,
    "reader": frozenset(),
    "auditor": frozenset(),
}
EVERYTHING = MANAGE | PLAN | RECORDS | TERMS | MONTHS  # of whoever opened the engagement
IMPORT, EXPORT = can("import-records"), can("export")
NAME_STAFF = can("import-records", "maker", "staff")
PEOPLE = can("manage-people")
OWN_PEOPLE = can("manage-people", "own", "membership")
OWN_INVITATION = can("manage-people")
ANSWER = can("answer-statements", "other", "statement")
KEPT_REGISTERS = can("keep-registers")
OWN_VIEW, SHARED_VIEW = (
    can("keep-registers", "person", "viewer"),
    can("keep-registers", "person or manager", "viewer"),
)
WRITE_TERMS, AGREE_TERMS = can("write-terms"), can("agree-terms", "other", "version")
MAKE = can("make-statements")

# Namespace and name of a page, with `key=value` where a word in the address chooses the verb.
PAGES: dict[str, dict[str, Rule]] = {
    "home": {"*": OPEN},  # leads to the start page
    "styleguide": {"*": OPEN},
    "engagement:join": {"GET": OPEN, "POST": OPEN},
    "engagement:list": read(SIGNED_IN),
    "engagement:list_export": read(SIGNED_IN),
    "engagement:new": form(SIGNED_IN, SIGNED_IN),
    "engagement:settings": form(can("manage-engagement")),
    "engagement:people": read(),
    "engagement:people_export": read(),
    "engagement:invite": form(PEOPLE, PEOPLE),
    "engagement:person": form(OWN_PEOPLE, OWN_PEOPLE),
    "engagement:person_access": read(OWN_PEOPLE),
    "engagement:person_access_export": read(OWN_PEOPLE),
    "engagement:end": write(OWN_PEOPLE),
    "engagement:withdraw": write(OWN_INVITATION),
    "records:imports": read(),
    "records:imports_export": read(),
    "records:send": form(IMPORT),
    "records:upload": read(),
    "records:upload_progress": read(),
    "records:withdraw": write(IMPORT),
    "records:sources": read(),
    "records:sources_export": read(),
    "records:staff": form(NAME_STAFF),
    "records:source_new": form(IMPORT),
    "records:mapping": form(IMPORT),
    "records:process_map": read(),
    "records:process_map_export": read(),
    "evidence:comments": form(KEPT_REGISTERS),
    "evidence:comment": read(),
    "evidence:comment_withdraw": write(can("keep-registers", "person", "author")),
    "evidence:mention_seen": write(can("keep-registers", "person", "mentioned")),
    "evidence:files": form(KEPT_REGISTERS),
    "evidence:file_download": read(),
    "evidence:file_withdraw": write(can("keep-registers", "person", "author")),
    "evidence:reference_add": write(KEPT_REGISTERS),
    "evidence:reference_remove": write(KEPT_REGISTERS),
    "evidence:relate": write(KEPT_REGISTERS),
    "evidence:relation_remove": write(KEPT_REGISTERS),
    "packs:packs": read(),
    "packs:packs_export": read(),
    "packs:new": form(KEPT_REGISTERS, KEPT_REGISTERS),
    "packs:pack": read(),
    "packs:pack_progress": read(),
    "packs:pack_download": read(),
    "packs:withdraw": write(can("keep-registers", "person", "packer")),
    "operate:service_levels": read(),
    "operate:reported": form(MAKE),
    "operate:withdraw_reported": write(can("make-statements", "maker", "value")),
    "operate:statements": read(),
    "operate:compute": write(MAKE),
    "operate:issue": write(MAKE),
    "operate:agree": form(ANSWER, ANSWER),
    "operate:dispute": form(ANSWER, ANSWER),
    "operate:body": read(),
    "operate:workbook": read(),
    "operate:bundle": read(),
    "operate:levels_export": read(),
    "operate:reported_export": read(),
    "operate:statements_export": read(),
    "operate:adjustments_export": read(),
    "operate:records_export": read(),
    "operate:level": read(),
    "operate:record": read(),
    "operate:statement": read(),
    "operate:withdraw_dispute": write(can("answer-statements", "maker", "dispute")),
    "operate:adjustments": read(),
    "operate:propose": form(can("propose-adjustments"), can("propose-adjustments")),
    "operate:answer verb=accept": write(can("answer-adjustments", "other", "adjustment")),
    "operate:answer verb=decline": write(can("answer-adjustments", "other", "adjustment")),
    "operate:answer verb=withdraw": write(can("propose-adjustments", "maker", "adjustment")),
}

PAGES |= people_policy.PAGES
PAGES |= {
    "journeys:home": read(SIGNED_IN),
    "journeys:portfolio": read(SIGNED_IN),
    "journeys:portfolio_export": read(SIGNED_IN),
    "journeys:palette": read(SIGNED_IN),
    "journeys:keys": read(SIGNED_IN),
    "journeys:notices": read(SIGNED_IN),
    "journeys:notices_export": read(SIGNED_IN),
    "journeys:notice": form(SEE),
    "journeys:feed": read(OPEN),
    "journeys:load_sample": write(SIGNED_IN),
    "journeys:overview": read(),
    "journeys:preview": write(SEE),
    "journeys:end_preview": write(SIGNED_IN),
    "journeys:remove_sample": write(can("never: it is no sample")),
    "journeys:journal": read(),
    "journeys:journal_export": read(),
    "journeys:populations": read(),
    "journeys:population_export": read(),
    "journeys:history": read(),
    "journeys:entry": form(PEOPLE),
    "transition:work": read(SIGNED_IN),
    "transition:outlook": read(),
    "transition:outlook_progress": read(),
    "transition:demand": read(),
    "transition:demand_export": read(),
    "transition:year": read(),
    "transition:plan_export": read(),
    "contract:agreements": form(WRITE_TERMS),
    "contract:terms": read(),
    "contract:version": read(),
    "contract:answer verb=agree": write(AGREE_TERMS),
    "contract:answer verb=decline": write(AGREE_TERMS),
    "contract:answer verb=withdraw": write(can("write-terms", "maker", "version")),
    "contract:answer verb=alone": write(can("agree-terms", "maker", "version")),
    "governance:entries": form(KEPT_REGISTERS),
    "governance:entries_export": read(),
    "governance:cell": form(KEPT_REGISTERS, KEPT_REGISTERS),
    "governance:view_new": write(KEPT_REGISTERS),
    "governance:view_amend": write(OWN_VIEW),
    "governance:view_remove": write(SHARED_VIEW),
    "governance:view_bring_back": write(OWN_VIEW),
    "governance:together": write(KEPT_REGISTERS),
    "governance:take_in": form(KEPT_REGISTERS, KEPT_REGISTERS),
    "governance:take_usual": write(KEPT_REGISTERS),
    "governance:entry": form(KEPT_REGISTERS),
    "governance:move": write(KEPT_REGISTERS),
    "contract:summary": form(WRITE_TERMS),
    "contract:summary_sheet": form(WRITE_TERMS, WRITE_TERMS),
    "contract:summary_export": read(),
    "contract:milestones": form(WRITE_TERMS),
    "contract:milestones_export": read(),
    "contract:answer_milestone verb=agree": write(can("agree-terms", "other", "milestone")),
    "contract:answer_milestone verb=decline": write(can("agree-terms", "other", "milestone")),
    "contract:answer_milestone verb=withdraw": write(can("write-terms", "maker", "milestone")),
    "contract:answer_milestone verb=alone": write(can("agree-terms", "maker", "milestone")),
    "contract:terms_yaml": read(),
    "contract:annex_json": read(),
    "contract:calendar": read(),
    "contract:versions": read(),
    "contract:versions_export": read(),
    "contract:compare": read(),
    "contract:draft": form(WRITE_TERMS, WRITE_TERMS),
    "contract:begin": write(WRITE_TERMS),
    "contract:check": write(WRITE_TERMS),
    "contract:usual": form(WRITE_TERMS, WRITE_TERMS),
}

# Method and path of an operation of the API.
OPERATIONS: dict[str, Rule] = {
    "GET /api/openapi.json": OPEN,
    "GET /api/me": SIGNED_IN,
    "PUT /api/me": SIGNED_IN,
    "GET /api/me/mail": SIGNED_IN,
    "PUT /api/me/mail": SIGNED_IN,
    "POST /api/me/erasure": SIGNED_IN,
    "GET /api/tokens": SIGNED_IN,
    "POST /api/tokens": SIGNED_IN,
    "POST /api/tokens/{token}/revoke": SEE,
    "GET /api/feeds": SIGNED_IN,
    "POST /api/feeds": SIGNED_IN,
    "POST /api/feeds/{feed}/revoke": SEE,
    "GET /api/journeys/engagements/{engagement}/populations/{population}/count": SEE,
    "GET /api/journeys/me/data": SIGNED_IN,
    "GET /api/organisation": SIGNED_IN,
    "PUT /api/organisation/sign-in": SIGNED_IN,
    "PUT /api/organisation/words": SIGNED_IN,
    "GET /api/packs/look": SIGNED_IN,
    "PUT /api/packs/look": SIGNED_IN,
    "GET /api/engagements/": SIGNED_IN,
    "POST /api/engagements/": SIGNED_IN,
    "GET /api/engagements/{engagement}/": SEE,
    "PUT /api/engagements/{engagement}/": can("manage-engagement"),
    "GET /api/engagements/{engagement}/parties/": SEE,
    "GET /api/engagements/{engagement}/people/": SEE,
    "GET /api/engagements/{engagement}/people/{membership}/opened": OWN_PEOPLE,
    "PUT /api/engagements/{engagement}/people/{membership}/roles": OWN_PEOPLE,
    "POST /api/engagements/{engagement}/people/{membership}/end": OWN_PEOPLE,
    "GET /api/engagements/{engagement}/invitations/": PEOPLE,
    "POST /api/engagements/{engagement}/invitations/": PEOPLE,
    "POST /api/engagements/{engagement}/invitations/{invitation}/withdraw": OWN_INVITATION,
    "GET /api/records/presets": SIGNED_IN,
    "GET /api/records/presets/{name}": SIGNED_IN,
    "GET /api/records/engagements/{engagement}/sources": SEE,
    "POST /api/records/engagements/{engagement}/sources": IMPORT,
    "POST /api/records/engagements/{engagement}/staff-numbers": NAME_STAFF,
    "GET /api/records/sources/{source}": SEE,
    "GET /api/records/sources/{source}/process-map": SEE,
    "PUT /api/records/sources/{source}/mapping": IMPORT,
    "POST /api/records/sources/{source}/mapping/check": SEE,
    "POST /api/records/sources/{source}/preview": IMPORT,
    "POST /api/records/sources/{source}/uploads": IMPORT,
    "GET /api/records/engagements/{engagement}/uploads": SEE,
    "GET /api/records/uploads/{upload}": SEE,
    "GET /api/records/uploads/{upload}/progress": SEE,
    "GET /api/records/engagements/{engagement}/batches": SEE,
    "GET /api/records/batches/{batch}": SEE,
    "POST /api/records/batches/{batch}/withdraw": IMPORT,
}

_AGREEMENT = "/api/contract/agreements/{agreement}"
_VERSION = f"{_AGREEMENT}/versions/{{number}}"
OPERATIONS |= {
    "GET /api/contract/engagements/{engagement}/agreements": SEE,
    "POST /api/contract/engagements/{engagement}/agreements": WRITE_TERMS,
    f"GET {_AGREEMENT}": SEE,
    f"GET {_AGREEMENT}/draft": SEE,
    f"PUT {_AGREEMENT}/draft": WRITE_TERMS,
    f"POST {_AGREEMENT}/checks": WRITE_TERMS,
    f"POST {_AGREEMENT}/versions": WRITE_TERMS,
    f"GET {_AGREEMENT}/versions": SEE,
    f"GET {_AGREEMENT}/terms": SEE,
    f"GET {_VERSION}": SEE,
    f"GET {_VERSION}/levels": SEE,
    f"GET {_VERSION}/terms.yaml": SEE,
    f"GET {_VERSION}/annex.json": SEE,
    f"GET {_VERSION}/calendar": SEE,
    f"GET {_AGREEMENT}/difference": SEE,
    f"POST {_VERSION}/agreement": AGREE_TERMS,
    f"POST {_VERSION}/refusal": AGREE_TERMS,
    f"POST {_VERSION}/withdrawal": can("write-terms", "maker", "version"),
    f"POST {_VERSION}/in-force-alone": can("agree-terms", "maker", "version"),
}
_REGISTER = "/api/governance/engagements/{engagement}/registers/{register_key}/entries"
_ITEM = "/api/governance/entries/{item}"
OPERATIONS |= {
    "GET /api/governance/engagements/{engagement}/registers": SEE,
    f"GET {_REGISTER}": SEE,
    f"POST {_REGISTER}": KEPT_REGISTERS,
    "POST /api/governance/engagements/{engagement}/registers/{register_key}/intake": KEPT_REGISTERS,
    "POST /api/governance/engagements/{engagement}/registers/{register_key}/usual": KEPT_REGISTERS,
    "POST /api/governance/engagements/{engagement}/registers/{register_key}/changes": KEPT_REGISTERS,
    f"GET {_ITEM}": SEE,
    f"PUT {_ITEM}": KEPT_REGISTERS,
    f"POST {_ITEM}/state": KEPT_REGISTERS,
}
_VIEWS, _VIEW = (
    "/api/governance/engagements/{engagement}/registers/{register_key}/views",
    "/api/governance/views/{view}",
)
OPERATIONS |= {
    f"GET {_VIEWS}": SEE,
    f"POST {_VIEWS}": KEPT_REGISTERS,
    f"PUT {_VIEW}": OWN_VIEW,
    f"POST {_VIEW}/removal": SHARED_VIEW,
    f"POST {_VIEW}/return": OWN_VIEW,
}
_COMMENTS, _COMMENT = (
    "/api/evidence/engagements/{engagement}/{about}/{item}/comments",
    "/api/evidence/comments/{comment}",
)
PAGES |= paper_policy.PAGES | gate_policy.PAGES | survey_policy.PAGES | learning_policy.PAGES
OPERATIONS |= (
    paper_policy.OPERATIONS | gate_policy.OPERATIONS | survey_policy.OPERATIONS | learning_policy.OPERATIONS
)
OPERATIONS |= {
    f"GET {_COMMENTS}": SEE,
    f"POST {_COMMENTS}": KEPT_REGISTERS,
    f"GET {_COMMENT}": SEE,
    f"POST {_COMMENT}/withdrawal": can("keep-registers", "person", "author"),
    f"POST {_COMMENT}/seen": can("keep-registers", "person", "mentioned"),
}
_FILES, _FILE = "/api/evidence/engagements/{engagement}/{about}/{item}/files", "/api/evidence/files/{file}"
OPERATIONS |= {
    f"GET {_FILES}": SEE,
    f"POST {_FILES}": KEPT_REGISTERS,
    f"GET {_FILE}": SEE,
    f"GET {_FILE}/content": SEE,
    f"POST {_FILE}/withdrawal": can("keep-registers", "person", "author"),
    "GET /api/evidence/engagements/{engagement}/{about}/{item}/references": SEE,
    "POST /api/evidence/engagements/{engagement}/{about}/{item}/references": KEPT_REGISTERS,
    "POST /api/evidence/references/{reference}/removal": KEPT_REGISTERS,
    "GET /api/evidence/engagements/{engagement}/{about}/{item}/relations": SEE,
    "POST /api/evidence/engagements/{engagement}/{about}/{item}/relations": KEPT_REGISTERS,
    "POST /api/evidence/relations/{relation}/removal": KEPT_REGISTERS,
}
_MILESTONE = "/api/contract/milestones/{milestone}"
OPERATIONS |= {
    "GET /api/contract/engagements/{engagement}/summaries": SEE,
    "POST /api/contract/engagements/{engagement}/summaries": WRITE_TERMS,
    "POST /api/contract/engagements/{engagement}/summaries/sheet": WRITE_TERMS,
    "GET /api/contract/engagements/{engagement}/milestones": SEE,
    "POST /api/contract/engagements/{engagement}/milestones": WRITE_TERMS,
    f"GET {_MILESTONE}": SEE,
    f"POST {_MILESTONE}/agreement": can("agree-terms", "other", "milestone"),
    f"POST {_MILESTONE}/refusal": can("agree-terms", "other", "milestone"),
    f"POST {_MILESTONE}/withdrawal": can("write-terms", "maker", "milestone"),
    f"POST {_MILESTONE}/in-force-alone": can("agree-terms", "maker", "milestone"),
}
_DEAL = "/api/operate/engagements/{engagement}"
_STATEMENT, _MADE = (
    "/api/operate/statements/{statement}",
    "/api/operate/statements/{made}/levels/{level}/records",
)
_ADJUSTMENT = "/api/operate/adjustments/{adjustment}"
OPERATIONS |= {
    f"GET {_DEAL}/statements": SEE,
    f"GET {_STATEMENT}": SEE,
    f"GET {_STATEMENT}/body": SEE,
    f"GET {_STATEMENT}/bundle.zip": SEE,
    "GET /api/operate/statements/{made}/causes": SEE,
    f"GET {_DEAL}/drafts": SEE,
    f"POST {_DEAL}/drafts": MAKE,
    "POST /api/operate/drafts/{draft}/issue": MAKE,
    f"POST {_STATEMENT}/agree": ANSWER,
    f"POST {_STATEMENT}/disputes": ANSWER,
    f"GET {_STATEMENT}/disputes": SEE,
    "POST /api/operate/disputes/{dispute}/withdraw": can("answer-statements", "maker", "dispute"),
    f"GET {_MADE}": SEE,
    f"GET {_MADE}/{{record}}": SEE,
    f"GET {_DEAL}/reported-values": SEE,
    f"POST {_DEAL}/reported-values": MAKE,
    "POST /api/operate/reported-values/{value}/withdraw": can("make-statements", "maker", "value"),
    f"GET {_DEAL}/adjustments": SEE,
    f"POST {_DEAL}/adjustments": can("propose-adjustments"),
    f"POST {_ADJUSTMENT}/accept": can("answer-adjustments", "other", "adjustment"),
    f"POST {_ADJUSTMENT}/decline": can("answer-adjustments", "other", "adjustment"),
    f"POST {_ADJUSTMENT}/withdraw": can("propose-adjustments", "maker", "adjustment"),
}
_PACKS, _PACK = "/api/packs/engagements/{engagement}/packs", "/api/packs/packs/{pack}"
OPERATIONS |= {
    "GET /api/packs/kinds": SIGNED_IN,
    f"GET {_PACKS}": SEE,
    f"POST {_PACKS}": KEPT_REGISTERS,
    f"GET {_PACK}": SEE,
    f"GET {_PACK}/files/{{pack_form}}": SEE,
    f"POST {_PACK}/withdrawal": can("keep-registers", "person", "packer"),
}
_JOURNAL = "/api/journeys/engagements/{engagement}/journal"
OPERATIONS |= {
    "GET /api/journeys/home": SIGNED_IN,
    "GET /api/journeys/search": SIGNED_IN,
    "GET /api/journeys/engagements/{engagement}/overview": SEE,
    f"GET {_JOURNAL}": SEE,
    f"GET {_JOURNAL}/{{entry}}": SEE,
    f"POST {_JOURNAL}/{{entry}}/erase": PEOPLE,
    "GET /api/journeys/portfolio": SIGNED_IN,
    "GET /api/journeys/notices": SIGNED_IN,
    "POST /api/journeys/notices/{notice}/read": SEE,
    "GET /api/journeys/tasks": SIGNED_IN,
}
PAGES |= plan_policy.PAGES | bringing_policy.PAGES | mail_policy.PAGES
OPERATIONS |= plan_policy.OPERATIONS | bringing_policy.OPERATIONS | mail_policy.OPERATIONS
