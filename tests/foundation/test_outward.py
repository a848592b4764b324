"""Nothing is sent into a network of one's own, whatever its address is called, unless the installation names it."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from handfast.foundation import outward
from handfast.foundation.outward import AddressClosed, NotReached, address_fault, check_open, post_outside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper


@contextmanager
def server(
    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n", *, drops: bool = False
) -> Iterator[tuple[int, list[bytes]]]:
    """A server on loopback that hears one request after the other, and answers all alike."""
    heard: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(20)

    def run() -> None:
        while True:
            try:
                one, _ = listening.accept()
            except OSError:
                return
            with one:
                heard.append(one.recv(65_536))
                if b"Content-Length" in heard[-1] and heard[-1].endswith(b"\r\n\r\n"):
                    heard[-1] += one.recv(65_536)
                try:
                    for letter in [bytes([each]) for each in answer] if drops else [answer]:
                        one.sendall(letter)
                        time.sleep(0.2 if drops else 0)
                except OSError:
                    continue

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        listening.close()


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104 - an address that must be refused
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "2001:0:1::1", "2001:db8::1", "3fff::1", "::ffff:0:127.0.0.1",
    ],
)  # fmt: skip
def test_number_of_a_network_of_ones_own_is_closed(number: str, settings: SettingsWrapper) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ()
    with pytest.raises(AddressClosed):
        check_open(number)


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "172.32.0.1", "100.128.0.1"]
)
def test_number_of_the_internet_is_open(number: str, settings: SettingsWrapper) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ()
    check_open(number)
    with pytest.raises(AddressClosed):
        check_open(number, port=22)


@pytest.mark.parametrize(
    "address",
    [
        "", "hooks.example", "http://hooks.example/x", "ftp://hooks.example", "file:///etc/passwd", "https://", "https://u:p@hooks.example/",
        "https://hooks.example:22/", "https://hooks.example:99999/", "https://hooks.example/\r\nX: 1", "https://hooks.example/ x",
        "https://[::1/", "https://hooks.example/#x", "https://a\\@b/", "https://" + "a" * 2_001, "gopher://x", "https://xn--\udcff/", "https://a..b/",
    ],
)  # fmt: skip
def test_address_that_is_none_is_refused_before_it_is_asked(address: str, settings: SettingsWrapper) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ()
    assert address_fault(address)
    with pytest.raises(AddressClosed):
        post_outside(address, b"{}", {})


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "127.1", "0"],
)
def test_server_on_loopback_is_not_reached_whatever_it_is_called(
    host: str, settings: SettingsWrapper
) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ()
    with server() as (_, heard):
        with pytest.raises((AddressClosed, NotReached)):
            post_outside(f"https://{host}:8443/", b"{}", {})
        assert heard == []


def test_server_of_a_named_network_is_reached_and_hears_what_was_sent(settings: SettingsWrapper) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ("127.0.0.0/8",)
    with server() as (port, heard):
        assert (
            post_outside(f"http://127.0.0.1:{port}/hook?a=1", b'{"x": 1}', {"Handfast-Delivery": "7"}) == 204
        )
    assert heard[0].startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
    assert b"Handfast-Delivery: 7" in heard[0]
    assert heard[0].endswith(b'{"x": 1}')


def test_redirection_is_told_and_not_followed(settings: SettingsWrapper) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ("127.0.0.0/8",)
    with server(b"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:1/\r\n\r\n") as (port, heard):
        assert post_outside(f"http://127.0.0.1:{port}/", b"{}", {}) == 307
    assert len(heard) == 1


def test_name_with_one_number_of_ones_own_among_others_is_closed(
    settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ()
    asked: list[Any] = []

    def both(host: str, port: int, **_: object) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(outward.socket, "getaddrinfo", both)
    with pytest.raises(AddressClosed):
        post_outside("https://hooks.example/", b"{}", {})
    assert asked == ["hooks.example"]


def test_name_is_asked_once_so_that_it_cannot_mean_another_number_after(
    settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ("127.0.0.1/32",)
    with server() as (port, heard):
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])

        def rebound(_: str, port: int, **__: object) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in next(answers)]

        monkeypatch.setattr(outward.socket, "getaddrinfo", rebound)
        assert post_outside(f"http://hooks.example:{port}/", b"{}", {}) == 204
        assert len(heard) == 1
        with pytest.raises(AddressClosed):
            post_outside(f"http://hooks.example:{port}/", b"{}", {})
        assert len(heard) == 1


@pytest.mark.parametrize(
    "answer",
    [b"", b"no http\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500, b"HTTP/1.1 200 " + b"x" * 70_000],
)
def test_answer_that_is_none_is_a_refusal(answer: bytes, settings: SettingsWrapper) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ("127.0.0.0/8",)
    with server(answer) as (port, _), pytest.raises(NotReached):
        post_outside(f"http://127.0.0.1:{port}/", b"{}", {})


def test_answer_that_comes_drop_by_drop_is_not_waited_for(
    settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ("127.0.0.0/8",)
    monkeypatch.setattr(outward, "SECONDS", 1.0)
    with server(b"HTTP/1.1 200 OK\r\nX-A: 1\r\n" * 9, drops=True) as (port, _), pytest.raises(NotReached):
        post_outside(f"http://127.0.0.1:{port}/", b"{}", {})


def test_certificate_that_nobody_stands_for_is_refused(settings: SettingsWrapper) -> None:
    settings.HANDFAST_CHANNEL_NETWORKS = ("127.0.0.0/8",)
    with server() as (port, _), pytest.raises(NotReached):
        post_outside(f"https://127.0.0.1:{port}/", b"{}", {})
