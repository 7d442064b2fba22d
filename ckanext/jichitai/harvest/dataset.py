"""One dataset written, inside a transaction that stays open.

CKAN 2.12: a deferred update without `return_id_only` is lost, and with it leaves a savepoint open;
some hundreds of those break the commit. A deferred update writes no activity, a create writes its own.
"""

from typing import Any

import msgspec
from ckan import model
from ckan.lib import plugins as lib_plugins
from ckan.logic import ValidationError
from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from sqlalchemy.exc import DataError

from ckanext.jichitai.bridge.feed import Event
from ckanext.jichitai.bridge.rulebook import today
from ckanext.jichitai.core.catalog.planned import Entry
from ckanext.jichitai.core.catalog.values import Record, Refusal, Source

from . import items, ledger, packages, twins


class Rejected(Exception):
    """CKAN does not take this dataset; its transaction is gone."""

    def __init__(self, remote_id: str, errors: dict[str, Any]) -> None:
        self.remote_id, self.errors = remote_id, errors
        super().__init__(f"{remote_id}: {errors}")

    def refusal(self) -> Refusal:
        """As the report tells it: the first field and what was said about it."""
        field, said = next(iter(self.errors.items()), ("", ""))
        return Refusal(self.remote_id, "record", field, str(said)[:200])


class Written(msgspec.Struct, frozen=True):
    """What was done to which dataset."""

    action: str
    dataset_id: str
    item: str | None
    municipality: str
    body: dict[str, Any]

    def event(self, run: str) -> Event:
        """For the feed of changes."""
        kind = {"create": "created", "update": "updated", "withdraw": "withdrawn"}.get(
            self.action, "restored"
        )
        cause = "withdrawal" if self.action == "withdraw" else "publisher"
        return Event(run, kind, cause, self.item, self.municipality, dataset=self.dataset_id, body=self.body)


class Writer:
    """Writes entries of one source. careful: validate each before writing, so that the rest is safe.

    done: (action, name, dataset id) of real changes. datasets: (dataset id, record), for the files stage.
    """

    def __init__(self, source: Source, owner_org: str, careful: bool = False) -> None:
        self.source, self.owner_org, self.careful = source, owner_org, careful
        self.user = tk.get_action("get_site_user")({"ignore_auth": True, "defer_commit": True}, {})["name"]
        self.done: list[tuple[str, str, str]] = []
        self.refusals: list[Refusal] = []
        self.datasets: list[tuple[str, Record]] = []

    def write(self, entry: Entry) -> Written | None:
        """Write an entry; None where nothing changed or CKAN refuses it. Raises Rejected."""
        try:
            with model.Session.begin_nested():
                written = self._written_by(entry)
        except ValidationError as error:
            raise Rejected(entry.remote_id, error.error_dict) from error
        except _Refused as refused:
            self.refusals.append(Refusal(entry.remote_id, "record", *refused.args))
            return None
        except DataError as error:
            # A number or text that no column holds; the savepoint has taken back what was written of it.
            self.refusals.append(Refusal(entry.remote_id, "record", "", str(error.orig)[:200]))
            return None
        if written:
            self.done.append((entry.action, entry.name, written.dataset_id))
        return written

    def _written_by(self, entry: Entry) -> Written | None:
        if entry.action == "withdraw":
            return self._withdraw(entry)
        return self._put(entry) if entry.record else self._bring_back(entry)

    def _put(self, entry: Entry) -> Written | None:
        found = entry.record
        assert found is not None, entry.action
        built = packages.build(self.source, found, entry.dataset_id, entry.name, self.owner_org)
        guess, more = items.of(found), dict[str, Any]()
        if model.Session.get(model.Package, entry.dataset_id) is None:
            built["item"] = guess or ""
            self._check(built, "package_create", {})
            tk.get_action("package_create")(self._context(), built)
            changed, dataset = True, built
        else:
            current = self._show(entry.dataset_id)
            known = ledger.of_dataset(entry.dataset_id)
            dataset = packages.over(current, built, known["overrides"] if known else {})
            dataset["item"] = current.get("item") or guess or ""
            if entry.reason == "took_over":
                more = {"overrides": twins.lead(self.source.id, entry.dataset_id)}
            _also_at(dataset, twins.pages(entry.dataset_id))
            changed = self._update(current, dataset, "changed package")
        ledger.write(self.source.id, entry, entry.dataset_id, **more)
        self.datasets.append((entry.dataset_id, found))
        if not changed:
            return None
        body = {"name": entry.name, "title": found.title, "source": self.source.id, "changes": entry.changes}
        return self._written(entry, dataset["item"], body)

    def link(self, dataset_id: str) -> bool:
        """Bring up to date where else a dataset is published; whether that changed anything."""
        package = model.Session.get(model.Package, dataset_id)
        if package is None or package.state != "active":
            return False
        current = self._show(dataset_id)
        dataset = {key: value for key, value in current.items() if key != "metadata_modified"}
        _also_at(dataset, twins.pages(dataset_id))
        return dataset.get("also_at") != current.get("also_at") and self._update(
            current, dataset, "changed package"
        )

    def _withdraw(self, entry: Entry) -> Written | None:
        if twins.heirs(self.source.id, entry.dataset_id):
            ledger.hand_over(self.source.id, entry.remote_id, max(entry.misses, 1))
            return None
        current = self._show(entry.dataset_id)
        gone = {key: value for key, value in current.items() if key != "metadata_modified"}
        gone |= {"state": "deleted", "withdrawn_on": today(), "withdrawn_reason": entry.reason}
        changed = self._update(current, gone, "deleted package")
        ledger.withdrawn(self.source.id, entry.remote_id, entry.reason)
        body = {
            "name": current["name"],
            "title": current["title"],
            "source": self.source.id,
            "reason": entry.reason,
        }
        return self._written(entry, current.get("item"), body) if changed else None

    def _bring_back(self, entry: Entry) -> Written | None:
        """Undo a withdrawal: the dataset as it was, without a word from its source."""
        current = self._show(entry.dataset_id)
        apart = {"metadata_modified", "withdrawn_on", "withdrawn_reason"}
        back = {key: value for key, value in current.items() if key not in apart} | {"state": "active"}
        changed = self._update(current, back, "changed package")
        ledger.returned(self.source.id, entry.remote_id)
        body = {"name": current["name"], "title": current["title"], "source": self.source.id}
        return self._written(entry, current.get("item"), body) if changed else None

    def _update(self, current: dict[str, Any], dataset: dict[str, Any], activity: str) -> bool:
        """Update and say whether anything changed; the savepoint that CKAN leaves open is released."""
        self._check(dict(dataset), "package_update", {"package": model.Package.get(dataset["id"])})
        outer = model.Session().get_nested_transaction()
        context = {**self._context(), "original_package": current}
        tk.get_action("package_update")(context, dataset)
        while (inner := model.Session().get_nested_transaction()) is not outer and inner is not None:
            inner.commit()
        package = model.Package.get(dataset["id"])
        changed = package.metadata_modified.isoformat() != current["metadata_modified"]
        if changed and plugin_loaded("activity"):
            self._tell(package, activity)
        return changed

    def _tell(self, package: Any, activity: str) -> None:
        """One entry in the activity stream, as CKAN writes it for an update that is not deferred."""
        labels = lib_plugins.get_permission_labels().get_dataset_labels(package)
        told = {
            "user_id": model.User.by_name(self.user).id,
            "object_id": package.id,
            "activity_type": activity,
            "data": {"package": self._show(package.id), "actor": self.user},
            "permission_labels": labels,
        }
        tk.get_action("activity_create")(self._context(), told)

    def _check(self, dataset: dict[str, Any], action: str, more: dict[str, Any]) -> None:
        if not self.careful:
            return
        plugin = lib_plugins.lookup_package_plugin(dataset["type"])
        made = plugin.create_package_schema if action == "package_create" else plugin.update_package_schema
        context = {**self._context(), **more}
        _data, errors = lib_plugins.plugin_validate(plugin, context, dict(dataset), made(), action)
        if errors:
            field, said = next(iter(errors.items()))
            raise _Refused(str(field), str(said)[:200])

    def _show(self, dataset_id: str) -> dict[str, Any]:
        return tk.get_action("package_show")(
            {"ignore_auth": True, "use_cache": False, "user": self.user}, {"id": dataset_id}
        )

    def _context(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "ignore_auth": True,
            "defer_commit": True,
            "return_id_only": True,
            "session": model.Session,
            "jichitai_harvest": True,
        }

    def _written(self, entry: Entry, item: str | None, body: dict[str, Any]) -> Written:
        return Written(entry.action, entry.dataset_id, item or None, self.source.municipality, body)


def _also_at(dataset: dict[str, Any], pages: list[str]) -> None:
    """Set the pages of twins; no field at all where there are none, as for a dataset that never had any."""
    dataset.pop("also_at", None)
    if elsewhere := [page for page in pages if page != dataset.get("source_url")]:
        dataset["also_at"] = elsewhere


class _Refused(Exception):
    """CKAN would not take the dataset: (field, what it says). Nothing was written."""
