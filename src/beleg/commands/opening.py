"""Opening a case for a person at work: who they are and what time it is, for the event log alone."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime

import click

from beleg.store.case import Case


def utc_now() -> str:
    """Return this instant, ISO 8601 to the second; reading never asks for it, only the event log."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def who() -> str:
    """Return $BELEG_WHO, else the name the person is logged in by, else nothing."""
    given = os.environ.get("BELEG_WHO")
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def open_case(home: str, *, create: bool = False) -> Case:
    """Open a case (see ``Case.open``) so that what is done in it carries a name and an instant."""
    return Case.open(home, create=create, now=utc_now, who=who(), waiting=_say)


def _say(text: str) -> None:
    click.echo(text, err=True)
