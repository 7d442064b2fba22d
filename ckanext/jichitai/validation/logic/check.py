"""Action: check a file without publishing it."""

from typing import Any

import msgspec
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from .. import config, effect, given


def jichitai_check(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Check a file; nothing is stored in the catalog. Limited per address: an answer 429 names the wait.

    :param upload: the file (multipart)
    :param url: instead: its address
    :param resource_id: instead: a resource of this site
    :param item: id of the standard item that it is; recognised where not told
    :param municipality: six-digit code of its publisher
    :param accept: safe (default) or likely: which fixes are taken without asking
    :param date: day of the check, ISO (default: today)
    :returns: report, effect (null unless the merge plugin offers one), files (addresses of the page, the
        corrected and the marked file, the findings; kept for a day)
    """
    tk.check_access("jichitai_check", context, data_dict)
    draft = given.draft(context, data_dict, config.seconds())
    return {
        "report": msgspec.to_builtins(draft.report) if draft.report else None,
        "effect": effect.of(draft),
        "files": given.addresses(draft),
    }
