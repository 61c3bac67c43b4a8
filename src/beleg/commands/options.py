"""Options that several commands share, and how problems are shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from beleg.model import Problem

F = TypeVar("F", bound=Callable[..., Any])

case_option = click.option(
    "--case",
    "home",
    default=lambda: os.environ.get("BELEG_CASE", "beleg-case"),
    show_default="$BELEG_CASE, else ./beleg-case",
    metavar="DIR",
    help="The case: a folder with the archive and its database.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a table.")


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems to standard error as ``document:offset: code: message``."""
    for p in problems:
        place = f"{p.document or '-'}:{p.span.start if p.span else ''}".rstrip(":")
        click.echo(f"{place}: {p.code}: {p.message}", err=True)


column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="In tables (CSV, JSON): the column that holds text, title, lead, outlet, authors, language, published, url or "
    "name; may be given several times.",
)
