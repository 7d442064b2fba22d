"""Where a checked file's page is, also where no web request is under way (command line, jobs)."""

from ckan.plugins import toolkit as tk


def page(draft_id: str) -> str:
    """The whole address of a checked file's page."""
    root = (tk.config["ckan.root_path"] or "").replace("/{{LANG}}", "")
    return f"{tk.config['ckan.site_url']}{root}/check/{draft_id}"
