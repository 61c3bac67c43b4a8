"""A real Chromium on a page that is really served: what the browser tests share.

Chromium is the one of the system (Debian's package ``chromium``; another with ``BELEG_CHROMIUM``), never downloaded.
Screenshots go to ``build/screenshots`` (``BELEG_SCREENSHOTS``), for eyes.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from beleg.store.case import Case
from beleg.web.app import create_app
from beleg.web.security import Gate

ROOT = Path(__file__).parents[2]
SCREENSHOTS = Path(os.environ.get("BELEG_SCREENSHOTS", ROOT / "build" / "screenshots"))
WIDTHS = (1280, 390)
TOKEN = "a-token-for-the-tests"


@dataclass(frozen=True)
class Site:
    """A case that is served on this machine."""

    base: str
    case: Case
    gate: Gate

    @property
    def way_in(self) -> str:
        return f"{self.base}/?token={self.gate.token}"


@contextmanager
def served(case: Case) -> Iterator[Site]:
    """Serve a case from a thread, on a free port of the loopback interface."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        gate = Gate(TOKEN, listening.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(create_app(case, gate), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield Site(f"http://127.0.0.1:{gate.port}", case, gate)
        server.should_exit = True
        thread.join(20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, or skip with what to install."""
    path = os.environ.get("BELEG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this system: install the package chromium, or name one in BELEG_CHROMIUM")
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses to be run by root
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()


@dataclass
class Watch:
    """Everything that a page did beyond being shown; all of it is empty for a page that behaves."""

    home: str
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # by the content security policy

    def on(self, page: Page) -> Page:
        page.on("dialog", lambda d: (self.dialogs.append(d.message), d.dismiss()))
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("request", self._asked)
        page.on("console", lambda m: self.refused.append(m.text) if "Content Security Policy" in m.text else None)
        return page

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home + "/", "data:", "about:", "blob:")):
            self.elsewhere.append(request.url)

    @property
    def misdeeds(self) -> list[str]:
        return [*self.dialogs, *self.errors, *self.elsewhere, *self.refused]


@contextmanager
def visitor(
    browser: Browser, site: Site, *, width: int = 1280, language: str = "de", javascript: bool = True
) -> Iterator[tuple[Page, Watch]]:
    """Open a window of somebody who came by the printed address."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 900},
        locale=f"{language}-{language.upper()}",
        java_script_enabled=javascript,
        accept_downloads=True,
    )
    context.set_default_timeout(15_000)
    watch = Watch(site.base)
    page = watch.on(context.new_page())
    page.goto(site.way_in)
    yield page, watch
    context.close()


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower()).strip('-')}.png", full_page=True)


def barriers(page: Page) -> list[str]:
    """Return what axe-core finds on the page that is serious or critical, each with the elements concerned."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{v['id']} ({v['impact']}): {', '.join(n['html'][:160] for n in v['nodes'][:3])}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


def too_wide(page: Page) -> int:
    """Return by how many pixels the page has to be pushed sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
