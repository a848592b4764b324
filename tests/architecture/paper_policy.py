"""Who may do what with documents, their passages and signatures: a part of the policy table."""

from __future__ import annotations

from tests.architecture.rules import SEE, Rule, can, form, read, write

KEPT_REGISTERS = can("keep-registers")
OWN_DOCUMENT = can("keep-registers", "person", "document_owner")
OWN_SIGNATURE = can("keep-registers", "person", "signer")

PAGES: dict[str, dict[str, Rule]] = {
    "evidence:documents": read(),
    "evidence:documents_export": read(),
    "evidence:document_new": form(KEPT_REGISTERS),
    "evidence:documents_several": form(KEPT_REGISTERS),
    "evidence:document": read(),
    "evidence:document_draft": read(),
    "evidence:document_edit": form(KEPT_REGISTERS),
    "evidence:document_publish": write(KEPT_REGISTERS),
    "evidence:document_file": form(KEPT_REGISTERS),
    "evidence:document_version": read(),
    "evidence:version_download": read(),
    "evidence:document_compare": read(),
    "evidence:passage_new": form(KEPT_REGISTERS),
    "evidence:passage": read(),
    "evidence:passage_settle": write(KEPT_REGISTERS),
    "evidence:sign_off_ask": form(OWN_DOCUMENT),
    "evidence:sign_off_withdraw": write(OWN_DOCUMENT),
    "evidence:to_sign": form(KEPT_REGISTERS),
    "evidence:signature": form(OWN_SIGNATURE),
    "evidence:signature_decline": write(OWN_SIGNATURE),
}
_DOCUMENTS, _DOCUMENT = (
    "/api/evidence/engagements/{engagement}/documents",
    "/api/evidence/documents/{document}",
)
OPERATIONS: dict[str, Rule] = {
    f"GET {_DOCUMENTS}": SEE,
    f"POST {_DOCUMENTS}": KEPT_REGISTERS,
    f"POST {_DOCUMENTS}/several": KEPT_REGISTERS,
    f"GET {_DOCUMENT}": SEE,
    f"PUT {_DOCUMENT}": KEPT_REGISTERS,
    f"GET {_DOCUMENT}/versions": SEE,
    f"POST {_DOCUMENT}/versions": KEPT_REGISTERS,
    f"POST {_DOCUMENT}/versions/file": KEPT_REGISTERS,
    f"GET {_DOCUMENT}/versions/{{number}}": SEE,
    f"GET {_DOCUMENT}/versions/{{number}}/text": SEE,
    f"GET {_DOCUMENT}/comparison": SEE,
    f"GET {_DOCUMENT}/signatures": SEE,
    f"POST {_DOCUMENT}/versions/{{number}}/sign-offs": OWN_DOCUMENT,
    f"GET {_DOCUMENT}/passages": SEE,
    f"POST {_DOCUMENT}/versions/{{number}}/passages/{{place}}": KEPT_REGISTERS,
    "POST /api/evidence/passages/{passage}/resolution": KEPT_REGISTERS,
    "POST /api/evidence/sign-offs/{sign_off}/withdrawal": OWN_DOCUMENT,
    "GET /api/evidence/engagements/{engagement}/signatures": SEE,
    "POST /api/evidence/engagements/{engagement}/signatures": KEPT_REGISTERS,
    "GET /api/evidence/signatures/{signature}": SEE,
    "POST /api/evidence/signatures/{signature}/signing": OWN_SIGNATURE,
    "POST /api/evidence/signatures/{signature}/refusal": OWN_SIGNATURE,
}
