"""Actions about what a municipality confirmed: headings, and fixes in force."""

from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ckanext.jichitai.bridge import jobs, rulebook
from ckanext.jichitai.bridge.tables import fix, mapping

from .. import recheck
from .report import plain


@tk.side_effect_free
def jichitai_mapping_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Confirmed headings and accepted fixes of a municipality; revoked ones are left out.

    :param municipality: six-digit code
    :param item: only of this standard item
    :returns: each with id, kind (mapping or fix), municipality, item, column, by, at; a mapping also
        label, a fix also code, found, value, row
    """
    code = tk.get_or_bust(data_dict, "municipality")
    tk.check_access("jichitai_mapping_list", context, data_dict)
    entries: list[dict[str, Any]] = []
    for kind, table in (("mapping", mapping), ("fix", fix)):
        statement = sa.select(table).where(table.c.municipality == code).order_by(table.c.id)
        if data_dict.get("item"):
            statement = statement.where(table.c.item == data_dict["item"])
        if kind == "fix":
            statement = statement.where(fix.c.revoked.is_(None))
        for row in model.Session.execute(statement).mappings():
            entries.append({"kind": kind, **{k: v for k, v in plain(dict(row)).items() if k != "revoked"}})
    return entries


def jichitai_mapping_delete(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take back a confirmed heading or an accepted fix; the municipality's files are checked anew.

    :param municipality: six-digit code
    :param kind: mapping or fix
    :param id: its number, as jichitai_mapping_list gives it
    :returns: files, how many are checked anew
    """
    code = tk.get_or_bust(data_dict, "municipality")
    kind = tk.get_or_bust(data_dict, "kind")
    number = tk.get_or_bust(data_dict, "id")
    tk.check_access("jichitai_mapping_delete", context, data_dict)
    if kind not in ("mapping", "fix"):
        raise tk.ValidationError({"kind": [tk._("Only mapping and fix can be taken back.")]})
    table = mapping if kind == "mapping" else fix
    chosen = (table.c.id == int(number), table.c.municipality == code)
    row = model.Session.execute(sa.select(table).where(*chosen)).mappings().first()
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no such entry."))
    if kind == "mapping":
        model.Session.execute(sa.delete(mapping).where(*chosen))
    else:
        # A fix stays in the table: what was merged under it can be explained later.
        model.Session.execute(sa.update(fix).where(*chosen).values(revoked=rulebook.now()))
    jobs.wrote()
    files = recheck.municipality(code, row["item"])
    model.Session.commit()
    return {"files": files}
