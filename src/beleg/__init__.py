"""Beleg: an evidence ledger for reported arms transfers."""

__version__ = "0.1.0"
