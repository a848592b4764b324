"""A second step of sign-in in a real browser: a passkey of a virtual authenticator, and codes of an app."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache as kept
from django.urls import reverse
from tests.browser.desk import CLIENT
from tests.factories.cast import PASSWORD, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
STEP_SECONDS, CODE_DIGITS = 30, 6
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def base(live_server: LiveServer) -> str:
    """By name: a passkey belongs to a name, and an address has none."""
    kept.clear()  # the counters of tries
    make_cast()
    return live_server.url.replace("127.0.0.1", "localhost")


def sign_in(page: Page, base: str) -> None:
    page.goto(f"{base}{reverse('account_login')}")
    page.get_by_label("Work e-mail").fill(CLIENT)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, base: str) -> None:
    page.goto(f"{base}{reverse('account_logout')}")
    page.locator("button.hf-button--ink").click()
    page.wait_for_url(lambda url: "/logout/" not in url)
    page.goto(f"{base}{reverse('people:account')}")
    page.wait_for_url("**/accounts/login/**")


def goes_again_as_oneself(page: Page, url: str) -> None:
    """What changes how one signs in asks for the password once more."""
    page.goto(url)
    page.wait_for_url("**/reauthenticate/**")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("button.hf-button--ink").click()
    page.wait_for_url(url)


def add_passkey(page: Page, base: str) -> None:
    goes_again_as_oneself(page, f"{base}{reverse('mfa_add_webauthn')}")
    page.get_by_label("Name").fill("My laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)


def code_of(secret: str, at: float) -> str:
    """The code of an app at an instant (RFC 6238, SHA-1, six digits), reckoned apart from the library."""
    counter = struct.pack(">Q", int(at) // STEP_SECONDS)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def test_code_is_reckoned_as_the_standard_says() -> None:
    """RFC 6238, appendix B, cut to six digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [code_of(secret, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


def test_passkey_is_added_and_signs_in_without_a_password(opened: Callable[..., Page], base: str) -> None:
    page = opened()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(page, base)
    page.wait_for_url("**/home/")
    add_passkey(page, base)
    page.goto(f"{base}{reverse('mfa_list_webauthn')}")
    page.get_by_role("row", name="My laptop").get_by_text("Passkey").wait_for()
    sign_out(page, base)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{base}{reverse('people:account')}")
    assert f"You sign in as {CLIENT}" in page.locator("#content").inner_text()


def test_passkey_is_refused_from_an_authenticator_that_never_was_added(
    opened: Callable[..., Page], base: str, faults: list[str]
) -> None:
    page = opened()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    first = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
    sign_in(page, base)
    page.wait_for_url("**/home/")
    add_passkey(page, base)
    sign_out(page, base)
    device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": first})
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    with page.expect_console_message(lambda said: "NotAllowedError" in said.text):
        page.get_by_role("button", name="Use a passkey").click()
    faults[:] = [one for one in faults if "NotAllowedError" not in one]
    page.goto(f"{base}{reverse('people:account')}")
    assert reverse("account_login") in page.url


def test_code_of_an_app_is_asked_after_the_password(page: Page, base: str) -> None:
    sign_in(page, base)
    page.wait_for_url("**/home/")
    goes_again_as_oneself(page, f"{base}{reverse('mfa_activate_totp')}")
    secret = page.locator("p:has-text('Secret') code").inner_text()
    page.locator("input[name=code]").fill(code_of(secret, time.time()))
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda url: "/totp/activate/" not in url)
    kept.clear()  # a code that was used is not taken again within its half minute, and the test does not wait for the next
    sign_out(page, base)
    sign_in(page, base)
    page.wait_for_url("**/2fa/authenticate/**")
    page.locator("input[name=code]").fill("000000")
    page.locator("button.hf-button--ink").click()
    page.get_by_text("Incorrect code").wait_for()
    page.goto(f"{base}{reverse('people:account')}")
    page.wait_for_url("**/2fa/authenticate/**")  # nothing opens before the code
    page.locator("input[name=code]").fill(code_of(secret, time.time()))
    page.locator("button.hf-button--ink").click()
    page.wait_for_url(lambda url: "/2fa/" not in url)
    page.goto(f"{base}{reverse('people:account')}")
    assert f"You sign in as {CLIENT}" in page.locator("#content").inner_text()
