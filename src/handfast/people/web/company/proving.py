"""What an ID token proves: signed by the provider, for us, for this very sign-in, and not too old."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt

from handfast.people.refusals import CompanySignInRefused

if TYPE_CHECKING:
    from handfast.foundation.companies import Company

# Signatures with a key that only the provider has; none, and secrets that both sides know, are no signature.
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
LEEWAY_SECONDS = 60
LONGEST_SUBJECT = 255
ASKED = ["exp", "iat", "iss", "aud", "sub"]


@dataclass(frozen=True, slots=True)
class Proof:
    """Who somebody is for their company. `email` is empty where the provider has not verified one."""

    issuer: str
    subject: str
    email: str


def proof_in(token: object, keys: dict[str, Any], *, company: Company, nonce: str) -> dict[str, Any]:
    """The claims of an ID token that holds in every respect. Raises CompanySignInRefused."""
    try:
        header = jwt.get_unverified_header(str(token))
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise CompanySignInRefused(log=f"signed by {algorithm!r}")
        claims: dict[str, Any] = jwt.decode(
            str(token), _key(keys, header.get("kid"), algorithm), algorithms=[algorithm], audience=company.client,
            issuer=company.issuer, leeway=LEEWAY_SECONDS, options={"require": ASKED},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as wrong:
        raise CompanySignInRefused(log=f"ID token: {type(wrong).__name__}") from None
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise CompanySignInRefused(log="ID token of another sign-in")
    audience = claims["aud"]
    is_only_ours = audience in (company.client, [company.client])
    if (not is_only_ours or "azp" in claims) and claims.get("azp") != company.client:
        raise CompanySignInRefused(log="ID token given to somebody else")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise CompanySignInRefused(log="ID token without its subject")
    return claims


def proven(claims: dict[str, Any], more: dict[str, Any]) -> Proof:
    """The subject, and the address that the provider says it has verified. Raises CompanySignInRefused.

    `more` is what the provider tells at its userinfo address; it counts only for the same subject.
    """
    if more and more.get("sub") != claims["sub"]:
        raise CompanySignInRefused(log="userinfo of somebody else")
    told = claims if "email" in claims else more
    email = told.get("email")
    is_verified = told.get("email_verified") is True and isinstance(email, str)
    return Proof(claims["iss"], claims["sub"], str(email).strip().lower() if is_verified else "")


def _key(keys: dict[str, Any], kid: object, algorithm: str) -> jwt.PyJWK:
    """The provider's key of this name; the only one, where the token names none."""
    listed = keys.get("keys")
    signing = [
        one for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and one.get("use", "sig") == "sig" and one.get("kty") in {"RSA", "EC", "OKP"}
    ]  # fmt: skip
    fitting = [one for one in signing if kid is None or one.get("kid") == kid]
    if len(fitting) != 1:
        raise CompanySignInRefused(log="ID token signed by a key that is not known")
    return jwt.PyJWK(fitting[0], algorithm=algorithm)
