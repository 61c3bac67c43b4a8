"""What goes wrong through use or files; doubts about articles are ``model.Problem`` values instead.

BelegError
├── UsageError          wrong arguments, a path that is not there
├── TableError          a row of data/ that does not fit its schema: file, line, what was expected
├── IndexFileError      a row of the user's index that cannot be read
└── CaseError           the case folder: not a case, newer version, damaged, full disk
"""

from __future__ import annotations


class BelegError(Exception):
    """Base of all errors; the text names the thing, what was expected and what to do."""


class UsageError(BelegError):
    pass


class TableError(BelegError):
    pass


class IndexFileError(BelegError):
    pass


class CaseError(BelegError):
    pass
