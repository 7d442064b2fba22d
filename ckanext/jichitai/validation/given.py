"""A file given to be checked: as an upload, by address, or as a resource of this site."""

import datetime as dt
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict
from werkzeug.datastructures import FileStorage

from ckanext.jichitai.bridge import archive, fetcher, files, rulebook
from ckanext.jichitai.core.check.values import Told
from ckanext.jichitai.net import NoContact

from . import checking, config, drafts, files_of, place, tasks


def draft(context: Context, data_dict: DataDict, seconds: float) -> drafts.Draft:
    """Read what was given, judge it and keep it for a day. Raises ValidationError, ObjectNotFound."""
    resource_id = data_dict.get("resource_id")
    if isinstance(data_dict.get("upload"), FileStorage):
        name, data, told, url = *_uploaded(data_dict["upload"]), Told(date=rulebook.today()), None
    elif data_dict.get("url"):
        name, data = _fetched(data_dict["url"])
        told, url = Told(date=rulebook.today()), data_dict["url"]
    elif resource_id:
        name, data, told, url = _of_resource(resource_id)
    else:
        raise tk.ValidationError({"upload": [tk._("Give a file, an address or a resource.")]})
    made = drafts.create(
        name,
        data,
        with_choices(told, data_dict),
        seconds,
        by=_user(context),
        url=url,
        resource_id=resource_id,
    )
    assert made is not None  # only a refusable draft may be none
    tasks.sweep_hourly()
    return made


def with_choices(told: Told, data_dict: DataDict) -> Told:
    """What is told, with what the caller chose. Raises ValidationError, naming the field."""
    book = rulebook.book()
    fields = {name: getattr(told, name) for name in told.__struct_fields__}
    if item := data_dict.get("item"):
        fields["item"] = _one_of(item, book.items, "item")
    if code := data_dict.get("municipality"):
        fields["municipality"] = _one_of(code, book.municipalities, "municipality")
    if accept := data_dict.get("accept"):
        fields["accept"] = _one_of(accept, ("safe", "likely"), "accept")
    if date := data_dict.get("date"):
        try:
            fields["date"] = dt.date.fromisoformat(date).isoformat()
        except ValueError:
            raise tk.ValidationError({"date": [tk._("Write the day as 2026-04-01.")]}) from None
    return Told(**fields)


def addresses(made: drafts.Draft) -> dict[str, str]:
    """Where page and files of a draft are."""
    page = place.page(made.id)
    return {
        "page": page,
        **{form.replace(".", "_"): f"{page}/{form}" for form in files_of.forms(made.report)},
    }


def _uploaded(upload: FileStorage) -> tuple[str, bytes]:
    data = upload.stream.read(config.max_bytes() + 1)
    _refuse_large(data, "upload")
    return PurePosixPath((upload.filename or "").replace("\\", "/")).name or "file", data


def _fetched(url: str) -> tuple[str, bytes]:
    if urlsplit(url).scheme not in ("http", "https"):
        raise tk.ValidationError({"url": [tk._("Give an address that begins with http:// or https://.")]})
    try:
        answer = fetcher.fetcher().get(url, cap=config.max_bytes(), file=True, page=True)
    except NoContact:
        raise tk.ValidationError(
            {"url": [tk._("This site fetches no addresses: upload the file.")]}
        ) from None
    if answer.cls is not None:
        raise tk.ValidationError({"url": [_sorry(answer.cls, answer.status)]})
    name = PurePosixPath(unquote(urlsplit(answer.url).path)).name or "file"
    return name, answer.content()


def _sorry(cls: str, status: int) -> str:
    words = {
        "unsafe_address": tk._("This address is not on the public internet."),
        "too_big": tk._("The file is too large."),
        "robots": tk._("The site does not allow programs to fetch this address."),
        "timeout": tk._("The server did not answer in time."),
        "busy": tk._("The server asks us to wait. Try again later."),
        "http_error": tk._("The server answered {}.").format(status),
    }
    return words.get(cls, tk._("The file could not be fetched."))


def _of_resource(resource_id: str) -> tuple[str, bytes, Told, str | None]:
    stored = files.current(resource_id)
    resource = model.Session.get(model.Resource, resource_id)
    if resource is None:
        raise tk.ObjectNotFound(tk._("There is no such resource."))
    if stored is None:
        raise tk.ValidationError({"resource_id": [tk._("We do not have this file yet.")]})
    data = archive.archive().read(stored.sha256)
    return stored.name, data, checking.told_of(stored), stored.url or None


def _refuse_large(data: bytes, field: str) -> None:
    if len(data) > config.max_bytes():
        size = tk.h.jichitai_bytes(config.max_bytes())
        raise tk.ValidationError({field: [tk._("The file is larger than {}.").format(size)]})


def _one_of(value: Any, known: Any, field: str) -> Any:
    if value not in known:
        raise tk.ValidationError({field: [tk._("{} is not known here.").format(value)]})
    return value


def _user(context: Context) -> str | None:
    return getattr(context.get("auth_user_obj"), "id", None)
