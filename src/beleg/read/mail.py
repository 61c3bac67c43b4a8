"""Mails → the letter as an article, and its attachments as inputs of their own."""

from __future__ import annotations

import email
import email.policy
import mailbox
import re
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from beleg.model import Problem
from beleg.read.expand import Budget
from beleg.read.extract import Extract, Stated
from beleg.read.html import extract_page
from beleg.read.inputs import RawInput
from beleg.read.letter import letter_paragraphs
from beleg.read.limits import DEFAULT, Limits

STUB = 0.2  # share of the HTML's words below which the plain text only says that there is HTML
MAX_STUB = 40  # words
_FORWARD = re.compile(r"^(?:(?:re|aw|fw|fwd|wg)\s*:\s*)+", re.IGNORECASE)


def read_mail(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read the letter itself: its plain text, or where it has none its HTML."""
    message = _parsed(raw.raw)
    stated = Stated(title=_subject(message), published=_sent(message))
    text = _part(message, "plain")
    page = _part(message, "html")
    if page.strip() and len(text.split()) < MAX_STUB:
        extract = extract_page(page, None)
        if extract is not None and len(text.split()) < STUB * len(extract.source.split()):
            return [Extract(extract.source, extract.paragraphs, "message/rfc822", stated)], []
    if not text.strip():
        return [], [Problem("no-text", f"{raw.path}: the mail has no text", raw.path, left_out=True)]
    source, paragraphs = letter_paragraphs(text.replace("\r\n", "\n"))
    return [Extract(source, tuple(paragraphs), "message/rfc822", stated)], []


def _part(message: EmailMessage, subtype: str) -> str:
    """Return the letter as plain text or HTML; "" where it has none such."""
    body = message.get_body(preferencelist=(subtype,))
    return _content(body) if isinstance(body, EmailMessage) else ""


def attachments(raw: RawInput, budget: Budget) -> Iterator[RawInput]:
    """Yield the attached files of a mail, in order; pictures shown in its text are not among them."""
    message = _parsed(raw.raw)
    for part in message.iter_attachments():
        if part.get_content_maintype() == "image":
            continue
        budget.member()
        name = part.get_filename() or f"part.{part.get_content_subtype()}"
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            data = payload
        else:
            inner = part.get_payload()
            data = b"".join(p.as_bytes() for p in inner if not isinstance(p, str)) if isinstance(inner, list) else b""
        if part.get_content_type() == "message/rfc822":
            name = name if name.endswith(".eml") else f"{name}.eml"
        yield RawInput(
            path=f"{raw.path}!{name}",
            raw=data,
            name=name,
            fields=(*raw.fields, ("attachment", name)),
            depth=raw.depth + 1,
        )


def mails(raw: RawInput, budget: Budget) -> Iterator[RawInput]:
    """Yield the mails of an mbox file, in order."""
    with tempfile.NamedTemporaryFile(prefix="beleg-") as file:
        file.write(raw.raw)
        file.flush()
        box = mailbox.mbox(file.name, create=False)
        for n, key in enumerate(box.keys(), 1):
            budget.member()
            yield RawInput(
                path=f"{raw.path}!{n}",
                raw=box.get_bytes(key),
                name=f"{raw.stem}-{n:04}.eml",
                fields=(*raw.fields, ("mail", str(n))),
                depth=raw.depth + 1,
            )


def _parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def _subject(message: EmailMessage) -> str | None:
    text = _FORWARD.sub("", " ".join(str(message.get("Subject", "")).split()))
    return text or None


def _sent(message: EmailMessage) -> tuple[str, ...]:
    """Return the day the mail was sent; a mail is published when it is sent."""
    try:
        return (parsedate_to_datetime(str(message.get("Date", ""))).isoformat(),)
    except (ValueError, TypeError):
        return ()


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeDecodeError, KeyError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
