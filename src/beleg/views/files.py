"""Writing out without half-written files: temporary name, fsync, rename."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from beleg.errors import UsageError


def write_text(lines: Iterable[str], path: str | None) -> None:
    """Write UTF-8 lines to a file, or to standard output where ``path`` is None or "-".

    Raises:
        UsageError: the file cannot be written; what stood under its name is untouched.
    """
    if path in (None, "-"):
        sys.stdout.writelines(lines)
        sys.stdout.flush()
        return
    write_bytes((line.encode("utf-8") for line in lines), str(path))


def write_bytes(pieces: Iterable[bytes], path: str) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageError: the file cannot be written; what stood under its name is untouched.
    """
    target = Path(path)
    temporary = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=target.parent, prefix=f".{target.name}.", delete=False) as f:
            temporary = Path(f.name)
            f.writelines(pieces)
            f.flush()
            os.fsync(f.fileno())
        temporary.replace(target)
    except OSError as e:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise UsageError(f"{target}: cannot be written: {e.strerror or e}; choose another place with -o") from e
