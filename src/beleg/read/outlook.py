"""Outlook's MSG files → the same letter as a mail (RFC 5322), which ``mail.py`` reads ([MS-OXMSG], python-oxmsg)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from olefile import OleFileIO  # type: ignore[import-untyped]
from oxmsg.domain import constants as ids
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from beleg.model import Problem
from beleg.read.expand import Budget, LimitError
from beleg.read.extract import Extract
from beleg.read.inputs import RawInput
from beleg.read.limits import DEFAULT, Limits
from beleg.read.mail import attachments, read_mail

MSG = "application/vnd.ms-outlook"
# What the libraries raise on damaged files.
BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, struct.error)
_FILE, _LETTER, _INNER = 32, 24, 8  # bytes before the properties: of a file, of a message within one, of an attachment
_WITHIN = "__substg1.0_3701000D"  # storage of a message attached as a message


def read_outlook(raw: RawInput, limits: Limits = DEFAULT) -> tuple[list[Extract], list[Problem]]:
    """Read the letter itself."""
    try:
        data = as_mail(raw.raw, limits)
    except (LimitError, *BROKEN) as e:
        return [], [Problem("mail-broken", f"{raw.path}: cannot be read: {e}", raw.path, left_out=True)]
    extracts, problems = read_mail(replace(raw, raw=data), limits)
    return [replace(x, media_type=MSG) for x in extracts], problems


def outlook_attachments(raw: RawInput, budget: Budget) -> Iterator[RawInput]:
    """Yield the attached files, in order; those of a damaged file are told by ``read_outlook``."""
    try:
        data = as_mail(raw.raw, budget.limits)
    except (LimitError, *BROKEN):
        return
    yield from attachments(replace(raw, raw=data), budget)


def as_mail(data: bytes, limits: Limits = DEFAULT) -> bytes:
    """Write an MSG file as a mail, attached files and messages included.

    Raises:
        LimitError: messages nest deeper than archives may.
        OSError, ValueError and others of ``BROKEN``: the file is damaged.
    """
    with OleFileIO(io.BytesIO(data)) as ole:
        return _mail(Storage.from_ole(ole), _FILE, limits.depth).as_bytes()


def _mail(storage: Storage, offset: int, depth: int) -> EmailMessage:
    if depth < 0:
        raise LimitError("holds messages within messages within messages")
    fields = Properties(storage, offset)
    message = EmailMessage()
    message["Subject"] = _line(fields.str_prop_value(ids.PID_SUBJECT))
    message["From"] = _line(fields.str_prop_value(ids.PID_SENDER_NAME))
    sent = fields.date_prop_value(ids.PID_CLIENT_SUBMIT_TIME)
    if isinstance(sent, datetime):
        message["Date"] = format_datetime(sent)
    message.set_content(_whole(fields.str_prop_value(ids.PID_BODY)), cte="base64")
    page = fields.binary_prop_value(ids.PID_HTML)
    html = page.decode(fields.body_encoding, "replace") if page else fields.str_prop_value(ids.PID_BODY_HTML)
    if html:
        message.add_alternative(_whole(html), subtype="html")
    for part in storage.iter_attachment_storages():
        _attach(message, part, depth)
    return message


def _attach(message: EmailMessage, part: Storage, depth: int) -> None:
    fields = Properties(part, _INNER)
    name = _line(fields.str_prop_value(ids.PID_ATTACH_LONG_FILENAME)) or "attachment"
    within = next((s for s in part.storages if s.name == _WITHIN), None)
    if within is not None:
        message.add_attachment(_mail(within, _LETTER, depth - 1), filename=f"{name}.eml")
    elif (content := fields.binary_prop_value(ids.PID_ATTACH_DATA_BINARY)) is not None:
        kind = (fields.str_prop_value(ids.PID_ATTACH_MIME_TAG) or "").casefold()
        main = "image" if kind.startswith("image/") else "application"
        message.add_attachment(content, maintype=main, subtype="octet-stream", filename=name)


def _line(text: str | None) -> str:
    return " ".join(_whole(text).split())


def _whole(text: str | None) -> str:
    return (text or "").rstrip("\0").encode("utf-8", "replace").decode()
