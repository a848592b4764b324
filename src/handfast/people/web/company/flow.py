"""The two steps of a sign-in with a company: the way there, and what comes back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse

from handfast.foundation.refusals import NotSeen
from handfast.people.refusals import CompanySignInRefused, CompanyUnavailable
from handfast.people.web.company.asking import Asking
from handfast.people.web.company.proving import Proof, proof_in, proven

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from handfast.foundation.companies import Company

BEGUN = "company_sign_in"  # in a session: what was begun and has not come back
LASTS_SECONDS = 600
SECRET_BYTES = 32
REFUSED_CODE = 400
WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Begun:
    """What must come back; kept in the session, used once. `person` is who links, None for who enters."""

    company: str
    state: str
    nonce: str
    verifier: str
    at: float
    person: str | None = None
    onward: str = ""


def companies() -> tuple[Company, ...]:
    """Those by whose own sign-in people may enter here."""
    return tuple(settings.HANDFAST_COMPANIES)


def company_of(key: str) -> Company:
    """Raises NotSeen."""
    found = next((one for one in companies() if one.key == key), None)
    if found is None:
        raise NotSeen
    return found


def way_there(request: HttpRequest, company: Company, *, person: str | None = None, onward: str = "") -> str:
    """The address of the company's own sign-in page; what must come back is kept. Raises CompanyUnavailable."""
    state, nonce, verifier = (secrets.token_urlsafe(SECRET_BYTES) for _ in range(3))
    begun = Begun(company.key, state, nonce, verifier, time.time(), person, onward)
    asking = Asking(company.name, company.issuer)
    page = asking.checked(_described(asking, company).get("authorization_endpoint"))
    request.session[BEGUN] = asdict(begun)
    challenge = (
        base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    )
    told = {
        "response_type": "code", "client_id": company.client, "redirect_uri": way_back(company),
        "scope": "openid email", "state": begun.state, "nonce": begun.nonce,
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{page}{'&' if '?' in page else '?'}{urlencode(told)}"


def way_back(company: Company) -> str:
    """Where the company sends people back to: fixed by the settings, whatever the request says of its host."""
    return f"{settings.HANDFAST_ADDRESS}{reverse('people:company_back', args=[company.key])}"


def come_back(request: HttpRequest, company: Company) -> tuple[Begun, Proof]:
    """Who somebody is, from the answer of the company. Raises CompanySignInRefused, CompanyUnavailable."""
    begun = _taken_up(request, company)
    asking = Asking(company.name, company.issuer)
    described = _described(asking, company)
    code = request.GET.get("code", "")
    if not code:
        raise CompanySignInRefused(log=f"answer without a code: {request.GET.get('error', '')[:80]!r}")
    tokens = _exchanged(asking, described, company, begun, code)
    keys = asking.read(asking.checked(described.get("jwks_uri")))
    claims = proof_in(tokens.get("id_token"), keys, company=company, nonce=begun.nonce)
    more = {}
    if "email" not in claims and described.get("userinfo_endpoint") and tokens.get("access_token"):
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        more = asking.read(asking.checked(described["userinfo_endpoint"]), headers=bearer)
    return begun, proven(claims, more)


def _taken_up(request: HttpRequest, company: Company) -> Begun:
    """What was begun in this very browser, taken out so that it serves once."""
    told: dict[str, Any] | None = request.session.pop(BEGUN, None)
    if told is None:
        raise CompanySignInRefused(log="an answer that nobody waits for")
    begun = Begun(**told)
    if not _is_answer_to(begun, request.GET, company):
        raise CompanySignInRefused(log="an answer to something else")
    return begun


def _is_answer_to(begun: Begun, told: QueryDict, company: Company) -> bool:
    """`iss`, where the provider sends it, keeps one provider from answering for another (RFC 9207)."""
    return (
        hmac.compare_digest(begun.state.encode(), told.get("state", "").encode())
        and begun.company == company.key
        and 0 <= time.time() - begun.at <= LASTS_SECONDS
        and told.get("iss", company.issuer) == company.issuer
    )


def _described(asking: Asking, company: Company) -> dict[str, Any]:
    """What the provider says of itself; it must be who we asked. Raises CompanyUnavailable."""
    told = asking.read(company.issuer.rstrip("/") + WELL_KNOWN)
    if told.get("issuer") != company.issuer:
        raise CompanyUnavailable(
            f"the sign-in of {company.name} is not set up right: tell whoever runs this installation",
            log="another issuer",
        )
    return told


def _exchanged(
    asking: Asking, described: dict[str, Any], company: Company, begun: Begun, code: str
) -> dict[str, Any]:
    """The tokens for a code: the company's server asks for our secret and for what only this browser began."""
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": way_back(company),
        "code_verifier": begun.verifier,
    }  # fmt: skip
    headers = {}
    if "client_secret_basic" in described.get(
        "token_endpoint_auth_methods_supported", ["client_secret_basic"]
    ):
        pair = f"{quote(company.client, safe='')}:{quote(company.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": company.client, "client_secret": company.secret}
    try:
        return asking.read(asking.checked(described.get("token_endpoint")), form=form, headers=headers)
    except CompanyUnavailable as wrong:
        if wrong.answered != REFUSED_CODE:
            raise
        raise CompanySignInRefused(log="a code that the provider does not take") from None
