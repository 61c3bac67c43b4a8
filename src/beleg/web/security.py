"""Who may ask, checked before any route is looked at: Host, then token, then origin; and the headers of every answer.

Order and codes: a Host that is not this machine's 421 (against DNS rebinding), a cross-site request for anything but
a top-level page 403, no or a wrong token 401, an unsafe method whose Origin or Sec-Fetch-Site is not our own 403 (a
missing one too: nothing is trusted for being silent). The token comes once in the address printed by ``beleg serve``,
then in a cookie that other sites cannot send; programs give it as ``Authorization: Bearer``. What a form sends needs
one more token (``forms``).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = ("GET", "HEAD")
NAMES = ("127.0.0.1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers send "Origin: null" along with our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def new_token() -> str:
    """Return a token that cannot be guessed; one is drawn at each start."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Gate:
    """What lets a request in."""

    token: str
    port: int

    @property
    def cookie(self) -> str:
        """Cookies are shared by all ports of a host, so the port is in the name."""
        return f"beleg-{self.port}"

    @property
    def form_token(self) -> str:
        """What our own forms carry; it tells nothing of the token itself."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(f"{name}:{self.port}" for name in NAMES)

    @property
    def origins(self) -> frozenset[str]:
        return frozenset(f"http://{host}" for host in self.hosts)

    def opens(self, given: str | None) -> bool:
        return given is not None and secrets.compare_digest(given.encode(), self.token.encode())


class Guard:
    """ASGI middleware around the whole application, errors and files included."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app, self.gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no web sockets here

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    if name not in headers:
                        headers[name] = value
            await send(message)

        answer = self._answer(scope)
        await (answer or self.app)(scope, receive, guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """Return the refusal or the way in, None where the request may pass."""
        headers = Headers(scope=scope)
        if headers.getlist("host") == [] or set(headers.getlist("host")) - self.gate.hosts:
            return PlainTextResponse("421: this page answers on 127.0.0.1 and localhost only\n", 421)
        safe = scope["method"] in SAFE
        site = headers.get("sec-fetch-site")
        if site in ("cross-site", "same-site") and not (safe and headers.get("sec-fetch-mode") == "navigate"):
            return PlainTextResponse("403: asked for by another site\n", 403)
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = next((v for k, v in query if k == "token"), None)
        if asked is not None and safe and self.gate.opens(asked):
            return self._let_in(scope, [(k, v) for k, v in query if k != "token"])
        if not (self.gate.opens(_bearer(headers)) or self.gate.opens(_cookie(headers, self.gate.cookie))):
            words = "401: open the address that `beleg serve` printed; it holds the token\n"
            return PlainTextResponse(words, 401, {"WWW-Authenticate": 'Bearer realm="beleg"'})
        if not safe and not (headers.get("origin") in self.gate.origins and site in (None, "same-origin")):
            return PlainTextResponse("403: the request does not come from this page\n", 403)
        return None

    def _let_in(self, scope: Scope, rest: list[tuple[str, str]]) -> Response:
        """Keep the token in a cookie and take it out of the address."""
        raw = scope.get("raw_path") or scope["path"].encode()
        path = "/" + raw.decode("latin-1").split("?")[0].lstrip("/\\")  # "//host" would lead elsewhere
        answer = Response(status_code=303, headers={"Location": path + (f"?{urlencode(rest)}" if rest else "")})
        answer.set_cookie(self.gate.cookie, self.gate.token, httponly=True, samesite="strict", path="/")
        return answer


def _bearer(headers: Headers) -> str | None:
    kind, _, value = headers.get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else None


def _cookie(headers: Headers, name: str) -> str | None:
    """Return one cookie; cookies that cannot be read are none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return found.value if found is not None else None
