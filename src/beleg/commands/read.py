"""``beleg read`` and ``beleg demo``: bytes in, a ledger out."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from beleg.commands.opening import open_case
from beleg.commands.options import case_option, column_option, show_problems
from beleg.errors import UsageError
from beleg.intake import take_in
from beleg.ledger.build import build_ledger
from beleg.model import Problem
from beleg.read.given import DAY, Given, parse_columns
from beleg.read.index import Index, load_index
from beleg.read.inputs import RawInput, walk
from beleg.store.case import Case
from beleg.views import ledger_text, text


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@case_option
@click.option("--published", metavar="DAY", help="Publication date of all inputs: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--outlet", help="Outlet of all inputs.")
@click.option("--lang", "language", help="Language of all inputs (ISO 639-1); otherwise it is identified.")
@click.option(
    "--index", "index_path", metavar="FILE.jsonl", help="What you know of each document, one JSON object a line."
)
@column_option
@click.option("--strict", is_flag=True, help="Exit with 1 at any doubt, not only where an input was left out.")
def read(
    paths: tuple[str, ...], home: str, published: str | None, outlet: str | None, language: str | None,
    index_path: str | None, columns: tuple[str, ...], strict: bool,
) -> None:  # fmt: skip
    """Read articles (files, folders, - for standard input) into a case.

    Example: beleg read articles/ --index articles/index.jsonl --case syria
    """
    if published and not DAY.fullmatch(published):
        raise UsageError(f"--published: expected YYYY, YYYY-MM or YYYY-MM-DD, found {published!r}")
    given = Given(None, outlet, language, published, columns=parse_columns(columns) or None)
    index = load_index(index_path) if index_path else Index()
    with open_case(home, create=True) as case:
        counts, problems = read_into(case, paths, given, index)
    show_problems(problems)
    click.echo(text.read_summary(counts, problems, home))
    if any(p.left_out or strict for p in problems):
        sys.exit(1)


@click.command()
def demo() -> None:
    """Read Beleg's own example articles into a temporary case and show the ledger and one figure's life.

    Example: beleg demo
    """
    folder = examples()
    with tempfile.TemporaryDirectory(prefix="beleg-demo-") as home, Case.open(Path(home) / "case", create=True) as case:
        counts, problems = read_into(case, [str(folder)], Given(), load_index(folder / "index.jsonl"))
        documents = case.documents()
        ledger, _ = build_ledger(documents, case.claims(), case.decisions())
    click.echo(text.read_summary(counts, problems, "a temporary case"))
    click.echo()
    click.echo(ledger_text.ledger_table(ledger))
    figure = ledger_text.most_told(ledger)
    if figure is not None:
        click.echo()
        click.echo(ledger_text.matter_life(figure, documents))


def examples() -> Path:
    """Return the folder of example articles, as installed or as in a checkout."""
    for folder in (
        Path(str(resources.files("beleg"))) / "examples" / "de",
        Path(__file__).parents[3] / "examples" / "de",
    ):
        if (folder / "index.jsonl").is_file():
            return folder
    raise UsageError("the example articles are not installed; run the demo from a checkout or a full wheel")


def read_into(case: Case, paths: Sequence[str], default: Given, index: Index) -> tuple[Counter[str], list[Problem]]:
    """Read all inputs into a case; one that fails leaves the others standing.

    Returns:
        Counts ("documents", "same", "claims", "matters", "left_out") and all problems in input order.
    """
    counts: Counter[str] = Counter()
    problems: list[Problem] = []
    with progress() as bar:
        for item in bar(without_index(walk(paths, sys.stdin.buffer), index)):
            if isinstance(item, Problem):
                problems.append(item)
                continue
            taken = take_in(case, item, index.given(item.path, default))
            counts.update(documents=taken.documents, claims=taken.claims, same=taken.same)
            problems += taken.problems
    for key in index.unmatched():
        problems.append(Problem("index-row-unmatched", f"{index.path}: the row for {key!r} matches no input", key))
    case.add_problems(problems)
    ledger, ledger_problems = build_ledger(case.documents(), case.claims(), case.decisions())
    counts["matters"] = len(ledger.matters)
    counts["left_out"] = sum(p.left_out for p in problems)
    return counts, [*problems, *ledger_problems]


def without_index(inputs: Iterable[RawInput | Problem], index: Index) -> Iterator[RawInput | Problem]:
    """Pass on all inputs but the index file itself, which lies in the same folder more often than not."""
    for item in inputs:
        if index.path is None or item_path(item) != Path(index.path).resolve():
            yield item


def item_path(item: RawInput | Problem) -> Path | None:
    return Path(item.path).resolve() if isinstance(item, RawInput) else None


@contextmanager
def progress() -> Iterator[Callable[[Iterable[RawInput | Problem]], Iterable[RawInput | Problem]]]:
    """Show a bar on a terminal's standard error, nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar.track
