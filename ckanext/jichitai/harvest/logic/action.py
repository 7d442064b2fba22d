"""Actions of the harvest. Sources, runs and plans are public; what changes them is for operators."""

from typing import Any

import msgspec
from ckan import model
from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ckanext.jichitai.bridge import jobs as queue
from ckanext.jichitai.bridge.rulebook import book
from ckanext.jichitai.core.catalog.source import SourceError, check
from ckanext.jichitai.net import NoContact

from .. import decide, jobs, plans, readonly, run, runs, shown, sources
from . import schema


@tk.side_effect_free
@validate(schema.source_list)
def jichitai_source_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """All sources with their health, by id.

    :param state: only sources in this state: new, ok, failing, held, off (optional)
    :param type: only sources of this type: ckan, dcat, open_data_list, files (optional)
    :param municipality: only sources of the municipality with this 6-digit code (optional)
    :returns: list of {id, municipality, type, url, enabled, state, since, fault, detail, tried, succeeded,
        altered, misses, datasets, due}
    """
    tk.check_access("jichitai_source_list", context, data_dict)
    found = sources.every(data_dict.get("state"), data_dict.get("type"))
    wanted = data_dict.get("municipality")
    return [shown.source(one) for one in found if not wanted or one.settings.municipality == wanted]


@tk.side_effect_free
@validate(schema.by_id)
def jichitai_source_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A source: settings without secrets, health, its last 30 runs, plans that wait.

    :param id: id of the source
    """
    tk.check_access("jichitai_source_show", context, data_dict)
    known = _source(data_dict["id"])
    return {
        **shown.source(known),
        "settings": msgspec.to_builtins(known.settings),
        "runs": [shown.outcome(row) for row in runs.of_source(known.id)],
        "plans": [shown.plan(one) for one in plans.held(known.id)],
    }


@validate(schema.by_id)
def jichitai_source_preview(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Ask a source now, also one that is off, and say what a harvest would do. Nothing is written.

    :param id: id of the source
    :returns: {outcome, fault, detail, counts, entries, refusals}
    """
    tk.check_access("jichitai_source_preview", context, data_dict)
    known = _source(data_dict["id"])
    try:
        made = run.harvest([known], dry=True)
    except NoContact as error:
        raise tk.ValidationError({"contact": [str(error)]}) from error
    assert made is not None, "a dry run needs no lock"
    return shown.preview(made)


def jichitai_source_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Add a source. It is off until it is updated with enabled = true; its first plan waits for a person.

    Parameters are the keys of a source's row: id, municipality, type, url, organization, rank, licence,
    contact, evidence, permission, expect, pause, continues, selector, files.
    """
    tk.check_access("jichitai_source_create", context, data_dict)
    try:
        settings = sources.settings_of(None, {"enabled": False, **data_dict})
        check(settings, "", frozenset(book().municipalities))
        known = sources.add(settings)
    except (ValueError, SourceError) as error:
        raise tk.ValidationError({"source": [str(error)]}) from error
    model.repo.commit()
    return shown.source(known)


def jichitai_source_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Change settings of a source; those left out stay, null takes an earlier change back.

    :param id: id of the source
    """
    tk.check_access("jichitai_source_update", context, data_dict)
    name = tk.get_or_bust(data_dict, "id")
    before = _source(name)
    changes = {key: value for key, value in data_dict.items() if key != "id"}
    try:
        plain = {
            **msgspec.to_builtins(before.settings),
            **{k: v for k, v in changes.items() if v is not None},
        }
        check(sources.settings_of(None, plain), "", frozenset(book().municipalities))
        known = sources.change(name, changes)
    except (ValueError, SourceError) as error:
        raise tk.ValidationError({"source": [str(error)]}) from error
    model.repo.commit()
    return shown.source(known)


@validate(schema.by_id)
def jichitai_source_delete(context: Context, data_dict: DataDict) -> None:
    """Take a source away. Its datasets stay.

    :param id: id of the source
    """
    tk.check_access("jichitai_source_delete", context, data_dict)
    _source(data_dict["id"])
    sources.remove(data_dict["id"])
    model.repo.commit()


@validate(schema.start)
def jichitai_harvest_start(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Harvest now, in a worker, after the run that may be going.

    :param sources: ids of sources (optional; all enabled ones)
    :returns: {sources}: those that will be asked
    """
    tk.check_access("jichitai_harvest_start", context, data_dict)
    names = data_dict.get("sources") or [one.id for one in sources.every() if one.enabled]
    for name in names:
        _source(name)
    queue.enqueue(jobs.harvest, [names, context.get("user")], title="jichitai: harvest")
    return {"sources": names}


@tk.side_effect_free
def jichitai_plan_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Plans, oldest first.

    :param source: only plans of this source (optional)
    :param state: ready, held, applied, undone, discarded or superseded (optional; held)
    """
    tk.check_access("jichitai_plan_list", context, data_dict)
    return [shown.plan(one) for one in plans.every(data_dict.get("source"), data_dict.get("state", "held"))]


@tk.side_effect_free
@validate(schema.by_number)
def jichitai_plan_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A plan with every entry that changes something: action, name, title, reason, held, changes.

    :param id: number of the plan
    """
    tk.check_access("jichitai_plan_show", context, data_dict)
    stored = _plan(data_dict["id"])
    return {**shown.plan(stored), "entries": [shown.entry(one) for one in plans.entries(stored.id)]}


@validate(schema.decision)
def jichitai_plan_approve(context: Context, data_dict: DataDict) -> dict[str, int]:
    """Apply exactly what a held plan says; no source is asked.

    :param id: number of the plan
    :param comment: why (optional)
    :returns: datasets by what was done: created, updated, withdrawn, restored
    """
    tk.check_access("jichitai_plan_approve", context, data_dict)
    applied = _decided(decide.approve, context, data_dict)
    return {kind: len(names) for kind, names in applied.names.items()}


@validate(schema.decision)
def jichitai_plan_discard(context: Context, data_dict: DataDict) -> None:
    """Drop a held plan; the same changes are not brought up again for 30 days.

    :param id: number of the plan
    :param comment: why (optional)
    """
    tk.check_access("jichitai_plan_discard", context, data_dict)
    _decided(decide.discard, context, data_dict)


@validate(schema.decision)
def jichitai_plan_undo(context: Context, data_dict: DataDict) -> dict[str, int]:
    """Take an approval back: what it withdrew returns under the same ids.

    :param id: number of the plan
    :param comment: why (optional)
    """
    tk.check_access("jichitai_plan_undo", context, data_dict)
    applied = _decided(decide.undo, context, data_dict)
    return {kind: len(names) for kind, names in applied.names.items()}


@tk.side_effect_free
@validate(schema.run_list)
def jichitai_run_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Runs, newest first.

    :param limit: how many (optional; 30)
    :param before: only runs before this number, for the next page (optional)
    """
    tk.check_access("jichitai_run_list", context, data_dict)
    return [shown.run(row) for row in runs.newest(min(data_dict["limit"], 500), data_dict.get("before"))]


@tk.side_effect_free
@validate(schema.by_number)
def jichitai_run_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A run with what became of each source.

    :param id: number of the run
    """
    tk.check_access("jichitai_run_show", context, data_dict)
    try:
        row = runs.get(data_dict["id"])
    except KeyError:
        raise tk.ObjectNotFound(tk._("There is no such run.")) from None
    return {**shown.run(row), "sources": [shown.outcome(one) for one in runs.of_run(row["id"])]}


@tk.chained_action
def package_update(next_action: Any, context: Context, data_dict: DataDict) -> Any:
    """A harvested dataset's fields are changed at its source; an operator's change is kept as an override."""
    readonly.check(context, data_dict)
    return next_action(context, data_dict)


def _source(name: str) -> sources.Known:
    try:
        return sources.get(name)
    except KeyError:
        raise tk.ObjectNotFound(tk._("There is no such source.")) from None


def _plan(number: int) -> plans.Stored:
    try:
        return plans.get(number)
    except KeyError:
        raise tk.ObjectNotFound(tk._("There is no such plan.")) from None


def _decided(do: Any, context: Context, data_dict: DataDict) -> Any:
    _plan(data_dict["id"])
    try:
        return do(data_dict["id"], context.get("user") or "", data_dict["comment"])
    except decide.NotNow as error:
        raise tk.ValidationError({"plan": [str(error)]}) from error
