"""Writes docs/commands.md from the help of each command: python scripts/command_pages.py"""

from __future__ import annotations

import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from beleg.cli import main  # noqa: E402

HEAD = """# Commands

Every command with its options, as `--help` shows them. This page is written by `scripts/command_pages.py`.
Exit codes: 0 done (doubts about articles are listed on standard error), 1 an input was left out (with `--strict`: any
doubt), 2 wrong use.
"""


def page() -> str:
    """Return the page; the same at any terminal width."""
    parts = [HEAD]
    top = click.Context(main, info_name="beleg", terminal_width=100, help_option_names=["-h", "--help"])
    for name in sorted(main.commands):
        context = click.Context(main.commands[name], info_name=name, parent=top, terminal_width=100)
        parts.append(f"\n## beleg {name}\n\n```text\n{main.commands[name].get_help(context)}\n```\n")
    return "".join(parts)


if __name__ == "__main__":
    (ROOT / "docs" / "commands.md").write_text(page(), encoding="utf-8")
