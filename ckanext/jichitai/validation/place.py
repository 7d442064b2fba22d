"""Addresses and language, also where no web request is under way (command line, jobs)."""

from ckan.plugins import toolkit as tk


def page(draft_id: str) -> str:
    """The whole address of a checked file's page."""
    root = (tk.config["ckan.root_path"] or "").replace("/{{LANG}}", "")
    return f"{tk.config['ckan.site_url']}{root}/check/{draft_id}"


def lang() -> str:
    """ja or en: the request's, else the site's."""
    try:
        found = str(tk.h.lang())
    except RuntimeError:
        found = tk.config["ckan.locale_default"]
    return "ja" if found.startswith("ja") else "en"
