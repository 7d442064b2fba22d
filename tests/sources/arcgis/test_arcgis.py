"""An ArcGIS Hub: pages of its search, layers with their exports, other content as it stands."""

import json
from urllib.parse import parse_qs, urlsplit

from walking import walk

from ckanext.jichitai.core.catalog.values import Source

HUB = "https://sakura.hub.example"
SOURCE = Source("sakura-hub", "131016", "arcgis", HUB, licence="CC BY 4.0")
ITEM = "0123456789abcdef0123456789abcde"


def feature(number, **more):
    properties = {
        "title": f"層{number}",
        "type": "Feature Layer",
        "description": "<p>説明の<b>文</b></p>",
        "tags": ["防災", "防災", ""],
        "created": 1_617_202_800_000,
        "modified": 1_620_745_200_000,
        "licenseInfo": '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>',
        "source": "桜区",
        **more,
    }
    return {"id": f"{ITEM}{number:x}_0", "type": "Feature", "properties": properties}


def hub(features, matched=None):
    def answer(url):
        query = parse_qs(urlsplit(url).query)
        start, rows = int(query["startindex"][0]) - 1, int(query["limit"][0])
        page = features[start : start + rows]
        body = {"type": "FeatureCollection", "numberMatched": matched or len(features), "features": page}
        return json.dumps(body).encode(), "application/geo+json"

    return answer


def test_a_layer_has_its_exports_as_files(lexicon):
    (record,) = walk(SOURCE, lexicon, hub([feature(1)]))[0].records
    assert (record.remote_id, record.title, record.notes) == (f"{ITEM}1_0", "層1", "説明の\n文")
    assert (record.tags, record.licence, record.publisher_name) == (("防災",), "CC BY 4.0", "桜区")
    assert (record.issued, record.modified) == ("2021-03-31T15:00:00Z", "2021-05-11T15:00:00Z")
    assert record.landing == f"{HUB}/datasets/{ITEM}1_0"
    root = f"{HUB}/api/download/v1/items/{ITEM}1"
    assert [(file.format, file.url) for file in record.files] == [
        ("CSV", f"{root}/csv?redirect=true&layers=0"),
        ("GeoJSON", f"{root}/geojson?redirect=true&layers=0"),
    ]


def test_other_content_is_one_file_at_its_address(lexicon):
    other = feature(2, type="CSV", url="https://www.city.sakura.example/a.csv")
    (record,) = walk(SOURCE, lexicon, hub([other]))[0].records
    assert [(file.format, file.url) for file in record.files] == [
        ("CSV", "https://www.city.sakura.example/a.csv")
    ]


def test_pages_end_and_are_counted(lexicon):
    listing, asked = walk(SOURCE, lexicon, hub([feature(number) for number in range(250)]))
    assert (len(listing.records), len(asked), listing.complete) == (250, 3, True)


def test_a_count_that_is_not_reached_is_incomplete(lexicon):
    listing, _ = walk(SOURCE, lexicon, hub([feature(1)], matched=9))
    assert (len(listing.records), listing.complete) == (1, False)
