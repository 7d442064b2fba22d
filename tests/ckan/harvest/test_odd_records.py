"""Records that CKAN would refuse as they are: mended or moved to text, the literal kept, loaded."""

import pytest
from ckan.tests import helpers

from ckanext.jichitai.core.catalog.record import dataset_name
from ckanext.jichitai.harvest import licences

from .conftest import outcome

pytestmark = pytest.mark.usefixtures("source", "clean_index")
LONG = "あ" * 120


def dataset(name):
    return helpers.call_action("package_show", context={"ignore_auth": True}, id=f"one-ckan-{name}")


def extras(name):
    return {extra["key"]: extra["value"] for extra in dataset(name).get("extras", [])}


def loaded(portal, harvest, **more):
    portal.put("odd", more.pop("title", "変わった表"), **more)
    report = harvest()
    assert outcome(report) == ("changed", None)
    assert not report.outcomes[0].counts["refused"]
    assert outcome(harvest()) == ("unchanged", None)
    return dataset("odd")


def test_tags_are_mended_and_the_literal_is_kept(portal, harvest):
    tags = ["医療・福祉", "水", LONG, "子育て"]
    made = loaded(portal, harvest, tags=[{"name": tag, "display_name": tag} for tag in tags])
    assert sorted(tag["name"] for tag in made["tags"]) == ["医療-福祉", "子育て"]
    assert extras("odd") == {"source_tags": "; ".join(tags)}


@pytest.mark.parametrize(
    ("mail", "author_email", "kept"),
    [
        ("open@city.sakura.lg.jp", "open@city.sakura.lg.jp", {}),
        ("03-1234-5678", "", {"source_mail": "03-1234-5678"}),
        ("open(at)city.sakura.lg.jp", "", {"source_mail": "open(at)city.sakura.lg.jp"}),
    ],
)
def test_a_telephone_number_as_mail_is_moved_to_text(portal, harvest, mail, author_email, kept):
    made = loaded(portal, harvest, author="広報課", author_email=mail)
    assert (made["author"], made["author_email"] or "", extras("odd")) == ("広報課", author_email, kept)


def test_a_title_of_40_000_characters_is_cut_and_found(portal, harvest):
    made = loaded(portal, harvest, title="桜" * 40_000)
    assert made["title"] == "桜" * 500
    assert helpers.call_action("package_search", q=f"id:{made['id']}")["count"] == 1


@pytest.mark.parametrize("backwards", [False, True])
def test_names_that_clash_do_not_depend_on_the_order(portal, harvest, backwards):
    names = ["公衆トイレ", "公衆便所", "A b", "a-b", "x" * 300, "x" * 299 + "y"]
    for name in reversed(names) if backwards else names:
        portal.put(name, name)
    report = harvest()
    made = report.outcomes[0].names["created"]
    # From source, remote name and id alone: a catalog rebuilt from nothing gets the same addresses.
    assert sorted(made) == sorted(dataset_name("one-ckan", name, f"id-{name}") for name in names)
    assert len(set(made)) == len(names)
    assert max(map(len, made)) == 100


def test_odd_addresses_are_resolved_quoted_or_kept_as_text(portal, harvest):
    urls = [
        "/files/公衆 トイレ.csv",
        "http://user:pw@www.city.sakura.example/a.csv",
        "http://bsvcms01/open/b.csv",
        "\\\\server\\share\\c.csv",
    ]
    resources = [{"id": f"r{n}", "name": f"r{n}", "format": "CSV", "url": url} for n, url in enumerate(urls)]
    made = loaded(portal, harvest, files=(), resources=resources)
    assert [(one["url"], one.get("description") or "") for one in made["resources"]] == [
        (f"{portal.url}/files/%E5%85%AC%E8%A1%86%20%E3%83%88%E3%82%A4%E3%83%AC.csv", ""),
        ("http://www.city.sakura.example/a.csv", ""),
        ("", "http://bsvcms01/open/b.csv"),
        ("", "\\\\server\\share\\c.csv"),
    ]


@pytest.mark.parametrize(
    ("license_id", "licence_text", "title", "url"),
    [
        ("CC-BY-4.0", "CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC0-1.0", "CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("独自の規約", "独自の規約", "", None),
    ],
)
def test_a_licence_is_shown_with_title_and_address(portal, harvest, license_id, licence_text, title, url):
    made = loaded(portal, harvest, license_id=license_id)
    assert (made["license_id"] or "", made["licence_text"]) == (title, licence_text)
    assert ((made.get("license_title") or ""), made.get("license_url")) == (title, url)


def test_licences_are_added_once():
    assert licences.register() == []
    shown = {one["id"] for one in helpers.call_action("license_list")}
    assert {"cc-by", "CC BY 4.0", "PDL1.0"} <= shown
