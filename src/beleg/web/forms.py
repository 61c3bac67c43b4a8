"""What a person sends: read within limits, taken only with the token that our own pages carry in their forms.

The guard has looked at Host, cookie and Origin before (``security``); a form's own token is the third lock: a page of
somebody else's can send a form, but cannot read ours.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

MEGABYTE = 1_000_000
SMALL = MEGABYTE  # a decision
LARGE = 200 * MEGABYTE  # articles
MAX_FILES = 1_000
MAX_FIELDS = 100
TOKEN = "form_token"

Named = tuple[str, bytes]  # a file: its name as the browser gave it, its bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields and files of a form that has passed."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Named, ...] = ()

    def get(self, name: str, longest: int = 500) -> str | None:
        """Return a field without the blanks around it, None where it is empty."""
        return self.fields.get(name, "").strip()[:longest] or None


async def read_form(request: Request, token: str, limit: int = SMALL) -> Form:
    """Read the form of a request.

    Raises:
        HTTPException: 413 where it is larger than ``limit`` bytes, 415 where it is no form, 400 where it cannot be
            read, 403 where it does not carry ``token``.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = _within(request, limit)
    fields: dict[str, str] = {}
    files: list[Named] = []
    try:
        if kind == "multipart/form-data":
            await _read_parts(request, body, limit, fields, files)
        elif kind == "application/x-www-form-urlencoded":
            text = b"".join([part async for part in body]).decode("ascii")
            fields |= parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
        else:
            raise HTTPException(415, "not a form")
    except (MultiPartException, ValueError, LookupError) as e:
        raise HTTPException(400, f"the form cannot be read: {e}") from e
    if not secrets.compare_digest(fields.pop(TOKEN, "").encode("utf-8", "replace"), token.encode()):
        raise HTTPException(403, "the form does not come from this page")
    return Form(fields, tuple(files))


async def _read_parts(
    request: Request, body: AsyncGenerator[bytes, None], limit: int, fields: dict[str, str], files: list[Named]
) -> None:
    parser = MultiPartParser(request.headers, body, max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=limit)
    parser.spool_max_size = limit  # in memory: nothing of an article lies about in temporary files
    data = await parser.parse()
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:  # a field for files that was left empty has none
                files.append((value.filename, await value.read()))
            await value.close()
        else:
            fields[name] = value


async def _within(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    """Pass on the body, counted as it comes: a header may lie about it."""
    seen = 0
    async for part in request.stream():
        seen += len(part)
        if seen > limit:
            raise HTTPException(413, f"more than {limit:,} bytes")
        yield part
