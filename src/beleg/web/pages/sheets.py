"""Workbooks to save."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from beleg import __version__
from beleg.views.export.xlsx import Sheet, workbook
from beleg.web.desk import Desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheets(desk: Desk, name: str, sheet: Sheet, asked: Mapping[str, str | None]) -> Response:
    """Give a workbook to save: the rows, and on a second sheet what they are and of which state of the case."""
    head = desk.case.head()
    about = {"program": f"Beleg {__version__}", "events": head.events, "head": head.hash}
    told = [{"what": k, "value": v} for k, v in {**about, **asked}.items() if v is not None]
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(workbook([sheet, Sheet("about", told)]), media_type=XLSX, headers=headers)
