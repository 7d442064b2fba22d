"""Our licences beside CKAN's own, so that a dataset page and an export show title and address.

CKAN's `cc-by` is any version; publishers name one, and the merge passes it on row by row. So a
dataset keeps the word of schemas/lists/licence.yaml as its licence, and CKAN's list learns it.
A site with a list of its own (`licenses_group_url`) keeps that list as it is.
"""

from ckan import model
from ckan.common import config
from ckan.model.license import License

from ckanext.jichitai.bridge.rulebook import book


def register() -> list[str]:
    """Add what the list lacks; ids of what was added. Again in the same process: nothing."""
    words = book().lists.get("licence")
    if words is None or config.get("licenses_group_url"):
        return []
    known = model.Package.get_license_register()
    added = [name for name in words.words if name not in known]
    for name in added:
        word = words.words[name]
        data = {"id": name, "title": name, "url": word.url or "", "status": "active"}
        known.licenses.append(License({**data, "family": "", "maintainer": "", "is_generic": False}))
    return added
