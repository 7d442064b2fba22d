"""A rule book of one invented item, for tests to spoil."""

from pathlib import Path

WHOLE = """\
number: 28
national: "none"
title: {ja: 井戸一覧, en: Wells}
question: {ja: 井戸はどこにあるか, en: Where are the wells?}
edition: {name: own}
identity: [名称]
columns:
  - part: place
  - {name: 名称, term: name, label: {en: Name}, example: 本町の井戸, aliases: [{label: 井戸名}]}
  - {name: 深さ, term: depth, label: {en: Depth}, type: decimal, example: "12.5"}
  - {name: 手押し, term: pump, label: {en: Hand pump}, type: yes_no, example: 有}
rules:
  - {rule: together, columns: [緯度, 経度]}
layouts:
  - {edition: former, labels: {井戸の名: 名称}}
"""
PART = """\
title: {ja: 場所, en: Place}
columns:
  - {name: 緯度, term: latitude, label: {en: Latitude}, type: latitude, example: "35.689500"}
  - {name: 経度, term: longitude, label: {en: Longitude}, type: longitude, example: "139.691700"}
"""
LIST = """\
title: {ja: 有無, en: Yes or no}
words:
  有: {en: "yes"}
  無: {en: "no"}
"""
TOWN = """\
prefecture: {ja: 架空県, en: Kaku}
municipalities:
  - {code: "991015", slug: sakura-shi, name: 桜市, kana: サクラシ, name_en: Sakura City, kind: city, area: tama,
     latitude: 35.0, longitude: 139.0}
"""


def rulebook(place: Path, item: str = WHOLE) -> Path:
    for name, text in {
        "well.yaml": item,
        "parts/place.yaml": PART,
        "lists/yes_no.yaml": LIST,
        "municipalities/kaku.yaml": TOWN,
    }.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place
