"""Actions about stored reports."""

from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from .. import reports
from ..model import report as table

MOST = 1000
EXACT = ("resource_id", "dataset_id", "municipality", "item", "verdict")


@tk.side_effect_free
def jichitai_report_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A stored report of a resource's file.

    :param resource_id: the resource whose newest report is wanted
    :param id: instead: number of one report, as jichitai_report_list gives it
    :returns: id, resource_id, dataset_id, municipality, item, verdict, sha256, definitions, counts,
        at, latest, and report, the same object that every check gives
    """
    if data_dict.get("id"):
        found = reports.one(_number(data_dict["id"], "id"))
        if found is None:
            raise tk.ObjectNotFound(tk._("There is no such report."))
        tk.check_access("jichitai_report_show", context, {"dataset_id": found["dataset_id"]})
    else:
        resource_id = tk.get_or_bust(data_dict, "resource_id")
        tk.check_access("jichitai_report_show", context, {"resource_id": resource_id})
        found = reports.newest(resource_id)
        if found is None:
            raise tk.ObjectNotFound(tk._("This file has not been checked."))
    found.pop("told")
    return plain(found)


@tk.side_effect_free
def jichitai_report_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The newest report of each file, without the reports themselves, newest first.

    :param resource_id: all reports of this resource, older ones too
    :param dataset_id: of this dataset
    :param municipality: six-digit code of the publisher
    :param item: id of a standard item
    :param verdict: valid, repaired, partial, invalid, unreadable, other or unchecked
    :param code: only files that have this issue
    :param limit: how many (default 100, at most 1000)
    :param offset: how many to pass over
    """
    tk.check_access("jichitai_report_list", context, data_dict)
    if data_dict.get("resource_id"):
        return [plain(row) for row in reports.history(data_dict["resource_id"])]
    conditions = [table.c[name] == data_dict[name] for name in EXACT if data_dict.get(name)]
    if data_dict.get("code"):
        conditions.append(table.c.codes.has_key(data_dict["code"]))
    if not data_dict.get("dataset_id"):
        conditions += [model.Package.state == "active", model.Package.private.is_(sa.false())]
    limit = min(_number(data_dict.get("limit", 100), "limit"), MOST)
    rows = reports.select(conditions, limit, _number(data_dict.get("offset", 0), "offset"))
    return [plain(row) for row in rows]


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON takes it: moments in ISO 8601, UTC."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _number(value: Any, name: str) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if number < 0:
        raise tk.ValidationError({name: [tk._("This must be a whole number, 0 or more.")]})
    return number
