"""A company's sign-in as a process of its own: an OpenID Connect provider on a loopback port, told what to do wrong.

It prints its address, serves until its input is closed, and keeps nothing. `POST /told` with a JSON object changes what it
says; an empty one begins anew.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "handfast", "a secret: of both / sides"
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


def listed_key() -> dict[str, Any]:
    return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "first", "use": "sig"}


class Company(BaseHTTPRequestHandler):
    """One request. `told` is what a test asked for, `codes` what was handed out and not yet used."""

    told: ClassVar[dict[str, Any]] = {}
    codes: ClassVar[dict[str, dict[str, str]]] = {}
    issuer: ClassVar[str] = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path in self.told.get("slow", ()):
            time.sleep(self.told.get("seconds", 30))
        if parts.path in self.told.get("elsewhere", ()):
            self.send_response(302)
            self.send_header("Location", self.told["there"])
            self.end_headers()
            return
        if parts.path in self.told.get("broken", ()):
            self.answer(500, {})
            return
        doors = {
            "/.well-known/openid-configuration": self.described, "/authorize": self.authorized,
            "/keys": lambda _asked: self.answer(200, {"keys": [listed_key()]}), "/userinfo": self.user,
        }  # fmt: skip
        doors[parts.path]({name: one[0] for name, one in parse_qs(parts.query).items()})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/told":
            type(self).told = json.loads(body)
            self.answer(200, {})
        elif self.path in self.told.get("broken", ()):
            self.answer(500, {})
        else:
            self.exchanged({name: one[0] for name, one in parse_qs(body).items()})

    def described(self, _asked: dict[str, str]) -> None:
        told = {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }  # fmt: skip
        self.answer(200, told | self.told.get("described", {}))

    def authorized(self, asked: dict[str, str]) -> None:
        """Whoever comes is who the test says; a provider would ask for a password here."""
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer} | self.told.get("back", {})
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def exchanged(self, form: dict[str, str]) -> None:
        begun = self.codes.pop(form.get("code", ""), None)
        pair = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        client, _, secret = pair.partition(":")
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        is_ours = (
            begun is not None
            and (unquote(client), unquote(secret)) == (CLIENT, SECRET)
            and begun["redirect_uri"] == form.get("redirect_uri")
            and begun["code_challenge"] == base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        )
        if not is_ours or begun is None:
            self.answer(400, {"error": "invalid_grant"})
            return
        self.answer(200, {"access_token": "a-token", "token_type": "Bearer", "id_token": self.signed(begun)})

    def signed(self, begun: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "employee-1", "iat": now, "exp": now + 300,
            "nonce": begun["nonce"], "email": "priya.raman@lumen.example", "email_verified": True,
        } | self.told.get("claims", {})  # fmt: skip
        claims = {name: one for name, one in claims.items() if one is not None}
        match self.told.get("signed", "RS256"):
            case "none":
                return jwt.encode(claims, None, algorithm="none")
            case "HS256":  # signed with the public key, as if it were a secret
                n = listed_key()["n"].encode()
                return jwt.encode(claims, n.ljust(64, b"x"), algorithm="HS256", headers={"kid": "first"})
            case "another":
                return jwt.encode(claims, OTHER_KEY, algorithm="RS256", headers={"kid": "first"})
        return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": self.told.get("kid", "first")})

    def user(self, _asked: dict[str, str]) -> None:
        is_ours = self.headers.get("Authorization") == "Bearer a-token"
        self.answer(200 if is_ours else 401, self.told.get("user", {}))

    def answer(self, status: int, told: object) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Nothing: a test reads the page."""


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Company)
    server.daemon_threads = True
    Company.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(Company.issuer, flush=True)  # noqa: T201 - it is read by whoever started it
    sys.stdin.read()


if __name__ == "__main__":
    main()
