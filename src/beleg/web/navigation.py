"""The pages that every page leads to, in the order of the bar."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A link of the bar; its text is ``page.<name>`` of the interface."""

    name: str
    place: str
    parts: tuple[str, ...] = ()  # first parts of addresses that belong to it

    def holds(self, here: str) -> bool:
        return here == self.name or here in self.parts


NAVIGATION = (
    Entry("ledger", "/ledger", ("matter",)),
    Entry("review", "/review", ("decisions", "decide")),
    Entry("claims", "/claims", ("claim",)),
    Entry("documents", "/documents", ("document",)),
    Entry("check", "/check"),
    Entry("import", "/import"),
    Entry("sources", "/sources", ("source",)),
    Entry("timeline", "/timeline"),
    Entry("map", "/map"),
    Entry("log", "/log"),
)
