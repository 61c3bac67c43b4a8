from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import made
import pytest

from beleg.errors import UsageError
from beleg.read.addresses import RefusedError, Target, check, is_public
from beleg.read.documents import read_documents
from beleg.read.exchange import Client
from beleg.read.fetch import Fetcher, Folder
from beleg.read.inputs import RawInput
from beleg.read.limits import Limits
from beleg.read.watch import load_feeds, watch_once

PUBLIC = "93.184.216.34"


class Line:
    """A connection that answers from a table, and remembers where it was made to."""

    made_to: list[str] = []  # noqa: RUF012

    def __init__(self, target: Target, answers: dict[str, bytes]) -> None:
        self.made_to.append(target.ip)
        self._answers, self._host, self._out = answers, target.host, io.BytesIO()

    def sendall(self, data: bytes) -> None:
        path = data.split(b" ", 2)[1].decode()
        answer = self._answers.get(f"{self._host}{path}", b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        if b"If-None-Match" in data:
            answer = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        self._out = io.BytesIO(answer)

    def recv(self, size: int) -> bytes:
        return self._out.read(size)

    def settimeout(self, seconds: float) -> None:
        pass

    def close(self) -> None:
        pass


def answer(body: str | bytes, head: str = "Content-Type: text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    return f"HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {len(raw)}\r\n\r\n".encode() + raw


def client(answers: dict[str, bytes], addresses: Callable[[str], Sequence[str]] = lambda host: [PUBLIC]) -> Client:
    return Client(
        resolver=lambda host, port: addresses(host),
        connector=lambda target, seconds: Line(target, answers),
        clock=lambda: datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC),
        limits=Limits(input_bytes=200_000),
    )


def fetcher(answers: dict[str, bytes], waits: list[float] | None = None) -> Fetcher:
    return Fetcher(client(answers), sleep=(waits if waits is not None else []).append)


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 ::1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 ::ffff:127.0.0.1 fe80::1 fc00::1 "  # noqa: SIM905
    "224.0.0.1 255.255.255.255 2002:7f00:1:: 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe ::7f00:1 fe80::1%eth0 nonsense".split(),
)
def test_no_address_but_those_of_the_public_web_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://example.org/",
        "ftp://example.org/",
        "http://user:word@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http:///x",
        "http://exa mple.org/",
        "http://example.org\\@other.example/",
        "http://[::1",
    ],
)
def test_other_schemes_ports_and_users_are_refused_before_any_name_is_resolved(url: str) -> None:
    asked: list[str] = []
    with pytest.raises(RefusedError):
        check(url, lambda host, port: asked.append(host) or [PUBLIC])  # type: ignore[func-returns-value]
    assert asked == []


@pytest.mark.parametrize("url", ["http://2130706433/", "http://0177.0.0.1/", "http://inside.example/", "http://[::1]/"])
def test_whatever_resolves_inside_is_refused_after_resolution(url: str) -> None:
    Line.made_to.clear()
    with pytest.raises(RefusedError, match="not a public address"):
        client({}, lambda host: ["127.0.0.1"]).fetch(url)
    assert Line.made_to == []


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(RefusedError):
        check("http://example.org/", lambda host, port: [PUBLIC, "10.0.0.1"])


def test_a_redirect_inside_is_refused_on_its_hop() -> None:
    answers = {"example.org/": answer("", "Location: http://inside.example/", "302 Found")}
    Line.made_to.clear()
    with pytest.raises(RefusedError, match=r"inside\.example"):
        client(answers, lambda host: ["10.0.0.1"] if host == "inside.example" else [PUBLIC]).fetch(
            "http://example.org/"
        )
    assert Line.made_to == [PUBLIC]


def test_the_connection_is_made_to_the_address_that_was_checked() -> None:
    turns = iter([[PUBLIC], ["127.0.0.1"]])
    Line.made_to.clear()
    client({"example.org/": answer("x")}, lambda host: next(turns)).fetch("http://example.org/")
    assert Line.made_to == [PUBLIC]


def test_redirects_without_end_and_endless_bodies_are_refused() -> None:
    loop = {"example.org/": answer("", "Location: http://example.org/", "302 Found")}
    with pytest.raises(RefusedError, match="redirects"):
        client(loop).fetch("http://example.org/")
    with pytest.raises(RefusedError, match="larger than"):
        client({"example.org/": answer("x" * 300_000)}).fetch("http://example.org/")


def test_a_fetched_page_is_a_capture_that_reads_as_the_page(tmp_path: Path) -> None:
    got, problems = fetcher({"example.org/a": answer(made.PAGE)}).fetch("http://example.org/a", Folder.open(tmp_path))
    assert got is not None and got.file is not None and problems == []
    doc = read_documents(RawInput(got.file.name, got.file.read_bytes(), got.file.name))[0][0]
    assert (doc.title, doc.url, doc.captured) == (made.TITLE, "http://example.org/a", "2024-02-03T04:05:06Z")
    assert dict(doc.capture)["WARC-IP-Address"] == PUBLIC


def test_what_robots_txt_closes_is_not_fetched(tmp_path: Path) -> None:
    answers = {"example.org/robots.txt": answer("User-agent: *\nDisallow: /a\n"), "example.org/a": answer(made.PAGE)}
    got, problems = fetcher(answers).fetch("http://example.org/a", Folder.open(tmp_path))
    assert got is None and "robots.txt" in problems[0].message and problems[0].left_out


def test_a_page_that_has_not_changed_is_not_fetched_again(tmp_path: Path) -> None:
    answers = {"example.org/a": answer(made.PAGE, 'Content-Type: text/html\r\nETag: "1"')}
    first, _ = fetcher(answers).fetch("http://example.org/a", Folder.open(tmp_path))
    again, problems = fetcher(answers).fetch("http://example.org/a", Folder.open(tmp_path))
    assert first is not None and again is not None and again.file is None and problems == []
    assert json.loads((tmp_path / "fetched.json").read_text())["http://example.org/a"]["file"] == first.file.name  # type: ignore[union-attr]


def test_requests_to_a_host_wait_for_each_other(tmp_path: Path) -> None:
    waits: list[float] = []
    robots = {"example.org/robots.txt": answer("User-agent: *\nCrawl-delay: 7\n")}
    fetcher(robots, waits).fetch("http://example.org/a", Folder.open(tmp_path))
    assert len(waits) == 1 and 6 < waits[0] <= 7


def test_watching_a_feed_fetches_each_new_entry_once(tmp_path: Path) -> None:
    feed = made.rss([("Eins", "x"), ("Zwei", "y")])
    answers = {
        "feeds.example/rss": answer(feed, "Content-Type: application/rss+xml"),
        "example.org/0": answer(made.PAGE),
        "example.org/1": answer(made.PAGE),
    }
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "https://feeds.example/rss"\n', encoding="utf-8")
    wanted = load_feeds(feeds)
    got, problems = watch_once(wanted, fetcher(answers), Folder.open(tmp_path / "out"))
    assert [f.url for f in got] == ["https://example.org/0", "https://example.org/1"] and problems == []
    assert watch_once(wanted, fetcher(answers), Folder.open(tmp_path / "out")) == ([], [])


@pytest.mark.parametrize("text", ["", "[[feed]]\n", '[[feed]]\nurl = "x"\ncolour = 1\n', "[[feed]\n"])
def test_a_list_of_feeds_that_does_not_fit_is_wrong_use(tmp_path: Path, text: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"feeds\.toml"):
        load_feeds(path)
