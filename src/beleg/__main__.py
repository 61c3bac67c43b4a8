"""``python -m beleg``."""

from beleg.cli import main

main()
