"""Which addresses may be fetched: the public web and nothing behind it.

Checked after resolution, for every hop; the connection is then made to the very address that was checked, so that a
name which resolves differently a second later reaches nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

Resolve = Callable[[str, int], Sequence[str]]  # host, port → IP addresses

PORTS = {"http": 80, "https": 443}
MAX_URL = 2_000


class RefusedError(Exception):
    """An address that is not fetched; the text says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: what is asked for and the IP address it is asked of."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    ip: str


def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check(url: str, resolver: Resolve = resolve) -> Target:
    """Check an address and resolve its host.

    Raises:
        RefusedError: another scheme or port than the web's, a user name in it, no such host, or an address of the host
            that is not public.
    """
    if len(url) > MAX_URL or any(c <= " " or c == "\\" or c == "\x7f" for c in url):
        raise RefusedError("is no web address")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").rstrip(".")
    except (ValueError, UnicodeError) as e:
        raise RefusedError(f"is no web address: {e}") from e
    if parts.scheme not in PORTS:
        raise RefusedError(f"has the scheme '{parts.scheme}'; only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("carries a user name")
    if not host:
        raise RefusedError("has no host")
    if port is not None and port not in PORTS.values():
        raise RefusedError(f"asks for port {port}; only 80 and 443 are fetched")
    port = port or PORTS[parts.scheme]
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError) as e:
        raise RefusedError(f"{host} cannot be resolved: {e}") from e
    if not addresses:
        raise RefusedError(f"{host} has no address")
    for address in addresses:
        if not is_public(address):
            raise RefusedError(f"{host} is {address}, which is not a public address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url, parts.scheme, host, port, path, addresses[0])


def is_public(address: str) -> bool:
    """Tell whether an IP address, and any that is wrapped in it, belongs to the public internet."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            inner = [ip.ipv4_mapped]
        elif ip.sixtofour:
            inner.append(ip.sixtofour)
        elif ip.teredo:
            inner += ip.teredo
        elif ip in ipaddress.ip_network("64:ff9b::/96") or int(ip) >> 32 == 0:  # NAT64, IPv4-compatible
            inner = [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    return all(x.is_global and not (x.is_multicast or x.is_reserved or x.is_unspecified) for x in inner)
