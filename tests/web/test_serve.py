"""The server as it is started: on this machine's own interface, with the address that it prints."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_hostile import reading

from beleg.store.case import Case

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("serve") / "case"
    with Case.open(home, create=True) as case:
        case.add_many([reading(1, "..%2f%3Cb%3E")])
    command = [sys.executable, "-u", "-m", "beleg", "serve", "--case", str(home), "--port", "0"]
    env = {"PYTHONPATH": str(ROOT / "src"), "PATH": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as server:
        assert server.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S{43,}", server.stdout.readline())
        assert found is not None
        yield found[0]
        server.terminate()


def get(address: str, token: str = "") -> tuple[int, str]:
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode()


def test_the_printed_address_opens_and_nothing_else_does(address: str) -> None:
    base, token = address.split("/?token=")
    assert get(f"{base}/ledger")[0] == 401
    assert get(f"{base}/ledger", "x" + token)[0] == 401
    assert get(f"{base}/ledger", token)[0] == 200


def test_a_name_with_percent_signs_is_decoded_once(address: str) -> None:
    base, token = address.split("/?token=")
    status, html = get(f"{base}/document/1..%252f%253Cb%253E", token)
    assert status == 200 and "..%2f%3Cb%3E" in html


def test_the_port_is_open_on_the_loopback_interface_alone(address: str) -> None:
    port = int(address.split("/?token=")[0].rsplit(":", 1)[1])
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=5).close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /ledger HTTP/1.0\r\n\r\n", b"421"),
        (b"GET /ledger HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"421"),
        (b"GET http://evil.example/ledger HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"421"),
        (b"GET /ledger HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"4"),
    ],
)
def test_a_bare_or_foreign_host_is_refused_on_the_wire(address: str, request_: bytes, status: bytes) -> None:
    port = int(address.split("/?token=")[0].rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(request_)
        assert wire.recv(200).split(b" ")[1].startswith(status)
