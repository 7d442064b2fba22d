"""The page types of the site. A new page is a new row here."""

from collections.abc import Callable

import msgspec

from tests.browser.site import Facts

Path = Callable[[Facts], str]


class PageType(msgspec.Struct, frozen=True):
    """path: from what there is to see. status: of the answer. reading: no cookie. person: who looks."""

    name: str
    path: Path
    status: int = 200
    reading: bool = True
    person: str = ""


def _at(path: str) -> Path:
    """A path in which {item}, {town}, … stand for what there is to see."""
    return lambda facts: path.format(**msgspec.structs.asdict(facts))


PAGES = (
    PageType("home", _at("/")),
    PageType("matrix", _at("/matrix")),
    PageType("matrix-table", _at("/matrix?view=matrix")),
    PageType("matrix-items", _at("/matrix?view=item")),
    PageType("matrix-item", _at("/matrix?view=item&item={item}")),
    PageType("matrix-towns", _at("/matrix?view=municipality")),
    PageType("items", _at("/item")),
    PageType("item", _at("/item/{item}")),
    PageType("row", _at("/item/{item}?row={row}")),
    PageType("towns", _at("/municipality")),
    PageType("town", _at("/municipality/{town}")),
    PageType("check", _at("/check"), reading=False),
    PageType("issue", _at("/issue/coordinates_swapped")),
    PageType("datasets", _at("/dataset/")),
    PageType("hits", _at("/dataset/?q=AED&res_format=CSV")),
    PageType("no-hits", _at("/dataset/?q=xqzv")),
    PageType("dataset", _at("/dataset/{dataset}")),
    PageType("merged", _at("/dataset/{merged}")),
    PageType("resource", _at("/dataset/{dataset}/resource/{resource}")),
    PageType("report", _at("/dataset/{dataset}/resource/{resource}/report")),
    PageType("publishers", _at("/organization/")),
    PageType("publisher", _at("/organization/{town}")),
    PageType("sources", _at("/sources")),
    PageType("source", _at("/sources/{source}")),
    PageType("run", _at("/sources/{source}/run/{run}")),
    PageType("changes", _at("/changes")),
    PageType("developers", _at("/developers")),
    PageType("showcase", _at("/showcase")),
    PageType("toilet", _at("/showcase/toilet?lat=35.69&lon=139.75&ostomate=1&unknown=1")),
    PageType("nearest", _at("/showcase/nearest?lat=35.69&lon=139.75&hazard=flood")),
    PageType("facilities", _at("/showcase/facilities?m={town}")),
    PageType("register", _at("/showcase/register"), reading=False),
    PageType("about", _at("/about")),
    PageType("missing", _at("/no-such-page"), status=404),
    PageType("login", _at("/user/login"), reading=False),
    PageType("dataset-form", _at("/dataset/new"), reading=False, person="clerk"),
    PageType("dashboard", _at("/dashboard/datasets"), reading=False, person="clerk"),
)

# Where CKAN's own templates print what people have written, which keeps its language on every page.
# Our templates say so themselves, by `lang`.
DATA = ", ".join(
    (
        ".dataset-heading > a",
        ".select2-container",  # a publisher, in the box that CKAN's script makes of its list
        ".jt-publisher",
        ".dataset-content > div",
        ".notes",
        ".tag-list",
        ".nav-facet",
        ".breadcrumb",
        ".dataset-details",
        ".resource-item",
        ".module-resource",
        ".context-info",
        ".media-item",
        ".page-heading",
        ".license",
        ".nav-simple",
        ".primary > article h1",
        ".jt-header__account a",
        "#field-organizations",
        "#field-license_id",
        ".slug-preview",
        ".table-bordered td",
        ".filter-list .pill",
        "[data-jc-data]",
    )
)
