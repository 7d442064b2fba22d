"""Walk a source over answers: a function from address to body, or to the class of a failure."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from ckanext.jichitai.core.catalog.listing import Walk

HERE = Path(__file__).parent
MEDIA = {
    ".ttl": "text/turtle",
    ".xml": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
}


def walk(source, lexicon, answer, most=100):
    """The listing and the addresses asked. answer(url): bytes, (bytes, media type), or a class as str."""
    going, asked = Walk(source, lexicon), []
    while going.request and len(asked) < most:
        asked.append(going.request.url)
        found = answer(going.request.url)
        if isinstance(found, str):
            going.fail(found)
        else:
            body, media = found if isinstance(found, tuple) else (found, "")
            going.take(body, {"content-type": media})
    assert len(asked) < most, "the pages do not end"
    return going.listing(), asked


def recorded(name):
    """An answer kept beside the tests, with its media type."""
    path = HERE / name
    return path.read_bytes(), MEDIA.get(path.suffix, "")


def portal(packages, count=None):
    """A CKAN site that holds these packages: `answer` for walk."""

    def answer(url):
        query = parse_qs(urlsplit(url).query)
        start, rows = int(query["start"][0]), int(query["rows"][0])
        total = len(packages) if count is None else count
        return found(packages[start : start + rows], total)

    return answer


def found(results, count):
    """A body of package_search."""
    return json.dumps({"help": "", "success": True, "result": {"count": count, "results": results}}).encode()


def package(number, **more):
    """A package as Tokyo's portal gives it, cut to what is read."""
    name = f"t131016d{number:010d}"
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "name": name,
        "title": f"表{number}",
        "notes": "",
        "license_id": "CC-BY-4.0",
        "license_title": "クリエイティブ・コモンズ 表示（CC BY）",
        "license_url": "https://creativecommons.org/licenses/by/4.0/deed.ja",
        "metadata_created": "2022-03-08T04:11:52.395633",
        "metadata_modified": "2025-12-12T08:23:15.981773",
        "organization": {"name": "t131016", "title": "桜区"},
        "extras": [{"key": "更新頻度", "value": "年１回（３月頃）"}],
        "groups": [{"name": "c005", "title": "医療・福祉"}],
        "tags": [{"name": "推奨データセット", "display_name": "推奨データセット"}],
        "resources": [resource(f"https://www.city.sakura.example/{name}.csv")],
        "url": "",
        **more,
    }


def resource(url, **more):
    """A resource of such a package."""
    return {
        "id": url[-12:],
        "name": "一覧",
        "description": None,
        "format": "CSV",
        "size": None,
        "created": "2021-03-31T15:00:00",
        "last_modified": "2021-05-11T15:00:00",
        "url": url,
        **more,
    }
