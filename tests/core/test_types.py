"""Value types: every example, the laws, and the turnings that the examples leave out."""

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.jichitai.core.fold import fold
from ckanext.jichitai.core.issues import Code
from ckanext.jichitai.core.types import TYPES, from_words, list_of
from ckanext.jichitai.core.types.base import Reading, ValueType, absent, ask, kept, likely, mended, refused


class Word(msgspec.Struct, frozen=True):
    """As in schemas/lists/."""

    en: str | None = None
    ja: str | None = None
    spellings: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    url: str | None = None


class Words(msgspec.Struct, frozen=True):
    """A list of an item nobody has."""

    words: dict[str, Word]


YES_NO = Words(
    {
        "有": Word("yes", spellings=("○", "〇", "1", "有り", "可")),
        "無": Word("no", spellings=("×", "0", "無し", "なし")),
        "非公開": Word(),
        "不明": Word(),
    }
)
SCHOOLS = Words(
    {"A1": Word(ja="幼稚園", likely=("ようちえん",)), "B1": Word(ja="小学校"), "B2": Word(ja="中学校")}
)
CARS = Words({"普通車": Word(), "バス": Word(), "車いす・ベビーカー": Word()})
LICENCES = Words(
    {
        "CC BY 4.0": Word(
            url="https://creativecommons.org/licenses/by/4.0/", spellings=("CC-BY-4.0",), likely=("CC BY",)
        )
    }
)

YESNO = from_words("yes_no", YES_NO, closed=True)
FLAG = from_words("yes_no", YES_NO, closed=True, pair=("1", ""))
SCHOOL = from_words("choice", SCHOOLS, closed=True)
LISTED = {
    "yes_no": YESNO,
    "flag": FLAG,
    "closed choice": SCHOOL,
    "open choice": from_words("choice", SCHOOLS),
    "licence": from_words("licence", LICENCES),
    "list of choices": list_of(from_words("choice", CARS, closed=True)),
    "list of texts": list_of(TYPES["text"]),
    "list of dates": list_of(TYPES["date"]),
}
ALL = {**TYPES, **LISTED}
EXAMPLES = [(kind, text, reading) for kind in TYPES.values() for text, reading in kind.examples.items()]


@pytest.mark.parametrize(
    ("kind", "text", "reading"), EXAMPLES, ids=[f"{k.name}: {t}" for k, t, _ in EXAMPLES]
)
def test_every_example(kind: ValueType, text: str, reading: Reading) -> None:
    assert kind.parse(text) == reading


@pytest.mark.parametrize("kind", TYPES.values(), ids=list(TYPES))
def test_a_type_shows_what_it_is_and_what_it_is_not(kind: ValueType) -> None:
    hows = {reading.how for reading in kind.examples.values()}
    assert len(kind.examples) >= 6
    assert "kept" in hows
    assert hows & {"refused", "ask"}


@pytest.mark.parametrize("kind", [k for k in TYPES.values() if k.canonical], ids=lambda k: k.name)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_fast_path_takes_nothing_that_parse_would_change(kind: ValueType, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(kind.canonical or "", fullmatch=True))
    assert kind.parse(text) == kept(text)
    assert fold(text) == text


# Letters that cells are made of, so that chance meets the patterns.
CELL = st.text(
    "0123456789０１２-−ー:：/.,、・;（）()年月日時分円人約～〜有無○×△A1aＡカｱあ東京[]<>&#\"'°NE＠@ \u3000\n",
    max_size=14,
)


@pytest.mark.parametrize("kind", ALL.values(), ids=list(ALL))
@given(text=CELL | st.text(max_size=20))
@settings(max_examples=50, deadline=None)
def test_parse_is_total_and_its_values_are_canonical(kind: ValueType, text: str) -> None:
    folded = fold(text)
    if not folded:
        return
    reading = kind.parse(folded)
    assert isinstance(reading, Reading)
    if reading.how in ("kept", "safe", "likely") and reading.value is not None:
        again = kind.parse(reading.value)
        assert (again.how, again.value) == ("kept", reading.value), reading


@pytest.mark.parametrize("kind", [k for k in TYPES.values() if k.canonical], ids=lambda k: k.name)
def test_canonical_patterns_mean_the_same_to_polars(kind: ValueType) -> None:
    pl = pytest.importorskip("polars")
    texts = [t for k in TYPES.values() for t in k.examples]
    column = pl.Series(texts).str.contains(f"^(?:{kind.canonical})$").to_list()
    assert column == [re.fullmatch(kind.canonical or "", text) is not None for text in texts]


@pytest.mark.parametrize(
    ("kind", "text", "reading"),
    [
        (YESNO, "有", kept("有")),
        (YESNO, "〇", mended("有")),
        (YESNO, "1", mended("有")),
        (YESNO, "×", mended("無")),
        (YESNO, "なし", mended("無")),  # a word of the list before it is a blank
        (YESNO, "不明", kept("不明")),
        (YESNO, "3", likely("有")),
        (YESNO, "00", mended("無")),
        (YESNO, "○(2階)", likely("有", note="2階")),
        (YESNO, "○ 要予約", likely("有", note="要予約")),
        (YESNO, "△", ask()),
        (YESNO, "一部有", ask()),
        (YESNO, "故障", ask()),
        (YESNO, "受付にお申し出ください", refused()),
        (YESNO, "-", absent()),
        (FLAG, "1", kept("1")),
        (FLAG, "○", mended("1")),
        (FLAG, "0", absent()),
        (FLAG, "無(休止中)", absent()),
        (SCHOOL, "A1", kept("A1")),
        (SCHOOL, "ａ１", mended("A1")),
        (SCHOOL, "A1(幼稚園)", mended("A1")),
        (SCHOOL, "A1 幼稚園", mended("A1")),
        (SCHOOL, "幼稚園", mended("A1")),
        (SCHOOL, "A1(幼稚園型)", mended("A1")),
        (SCHOOL, "A1(中学校)", ask(Code.VALUE_NOT_LISTED)),
        (SCHOOL, "Z9(中学校)", likely("B2")),
        (SCHOOL, "Z9(高等学校)", refused(Code.VALUE_NOT_LISTED)),
        (SCHOOL, "ようちえん", likely("A1")),
        (SCHOOL, "大学", refused(Code.VALUE_NOT_LISTED)),
        (LISTED["open choice"], "大学", Reading("大学", "kept", Code.VALUE_NOT_LISTED)),
        (LISTED["open choice"], "未定", absent()),
        (LISTED["licence"], "CC BY 4.0", kept("CC BY 4.0")),
        (LISTED["licence"], "cc-by", likely("CC BY 4.0")),
        (LISTED["licence"], "http://creativecommons.org/licenses/by/4.0/deed.ja", mended("CC BY 4.0")),
        (LISTED["licence"], "独自規約", Reading("独自規約", "kept", Code.VALUE_NOT_LISTED)),
        (LISTED["list of choices"], "普通車;バス", kept("普通車;バス")),
        (LISTED["list of choices"], "普通車；バス", mended("普通車;バス")),
        (LISTED["list of choices"], "普通車・バス", likely("普通車;バス")),
        (LISTED["list of choices"], "普通車\nバス", likely("普通車;バス")),
        (LISTED["list of choices"], "車いす・ベビーカー", kept("車いす・ベビーカー")),
        (LISTED["list of choices"], "普通車;飛行機", refused(Code.VALUE_NOT_LISTED)),
        (LISTED["list of choices"], "普通車・飛行機", refused(Code.VALUE_NOT_LISTED)),
        (LISTED["list of choices"], "普通車;-", mended("普通車")),
        (LISTED["list of choices"], "-;-", absent()),
        (LISTED["list of choices"], "なし", absent()),
        (LISTED["list of texts"], "入浴、食事", likely("入浴;食事")),
        (
            LISTED["list of texts"],
            "入浴ができます。食事、送迎もあります。",
            kept("入浴ができます。食事、送迎もあります。"),
        ),
        (LISTED["list of dates"], "2023/4/1;2023-05-01", mended("2023-04-01;2023-05-01")),
        (
            LISTED["list of dates"],
            "2023-04-01;平成35年5月1日",
            likely("2023-04-01;2023-05-01", Code.DATE_ERA),
        ),
        (LISTED["list of dates"], "2023-04-01;5月1日", ask(Code.DATE_NO_YEAR)),
    ],
)
def test_types_made_from_lists(kind: ValueType, text: str, reading: Reading) -> None:
    assert kind.parse(text) == reading


def test_one_near_word_is_offered_and_two_are_not() -> None:
    words = Words({"公立幼稚園": Word(), "私立幼稚園": Word(), "認定こども園": Word()})
    kind = from_words("choice", words, closed=True)
    assert kind.parse("認定子ども園") == likely("認定こども園")
    assert kind.parse("市立幼稚園").how == "refused"


def test_of_codes_only_lost_zeros_are_told() -> None:
    kind = from_words("choice", Words({"0803": Word(), "0804": Word(), "1401": Word()}), closed=True)
    assert kind.parse("803") == likely("0803", Code.ZEROS_LOST)
    assert kind.parse("1402").how == "refused"


def test_a_list_shows_its_words_as_examples() -> None:
    assert YESNO.examples["無"] == kept("無")
    assert FLAG.examples["1"] == kept("1")


@pytest.mark.parametrize(
    ("name", "text", "reading"),
    [
        ("text", "[sanitize]", refused(Code.TEXT_DAMAGED)),  # nothing but a lost hyphen
        ("text", "<br>", absent()),
        ("text", "A  B", kept("A  B")),
        ("integer", "▲3", likely("-3", Code.SYMBOL_IN_NUMBERS)),
        ("integer", "007", mended("7")),
        ("integer", "-0", mended("0")),
        ("integer", "±5", refused()),
        ("integer", "16組（32人）", likely("16", Code.SEVERAL_VALUES, "32人")),
        ("integer", "多数（要予約）", refused()),
        ("integer", "不明（調査中）", refused()),
        ("decimal", "12.", mended("12")),
        ("money", "金500円", mended("500", Code.UNIT_IN_CELL)),
        ("money", "1万2,500円", mended("12500", Code.UNIT_IN_CELL)),
        ("money", "-100", refused()),
        ("money", "100～200", refused(Code.SEVERAL_VALUES)),
        ("date", "昭和64年1月7日", mended("1989-01-07", Code.DATE_ERA)),
        ("date", "平成元年1月8日", mended("1989-01-08", Code.DATE_ERA)),
        ("date", "令和5年13月1日", refused()),
        ("date", "13月45日", refused()),
        ("date", "㋿5.4.1", mended("2023-04-01", Code.DATE_ERA)),
        ("time", "０９：００：００", mended("09:00")),
        ("time", "24:00:00", kept("24:00")),
        ("time", "24時", mended("24:00")),
        ("weekdays", "定休日：毎日", ask()),
        ("weekdays", "毎日", mended("月火水木金土日")),
        ("weekdays", "日曜日以外", likely("月火水木金土")),
        ("recurring", "0we", refused()),
        ("recurring", "０Ｗｅ", mended("0We")),
        ("recurring", "毎月第2火曜日", mended("2Tu")),
        ("latitude", "30", kept("30")),
        ("latitude", "+35.5", mended("35.5")),
        ("latitude", "35:41:22", mended("35.689444", Code.COORDINATES_FORM)),
        ("latitude", "139°41'30\"", refused(Code.COORDINATES_FORM)),
        ("latitude", "35.5 35.6", refused()),
        ("phone", "#9110", kept("#9110")),
        ("phone", "０１２０－４４４－４４４", mended("0120-444-444")),
        ("phone", "0800-123-4567", kept("0800-123-4567")),
        ("phone", "(0833)72[sanitize]1448", mended("0833-72-1448")),
        ("phone", "00-1234-5678", refused()),
        ("url", "https://", refused()),
        (
            "url",
            "http://a.example.jp;https://b.example.jp",
            likely("http://a.example.jp", Code.SEVERAL_VALUES, "https://b.example.jp"),
        ),
        ("area_code", "1100", mended("011002", Code.ZEROS_LOST)),
        ("area_code", "131016.0", mended("131016")),
        ("age", "3歳以上", likely("3")),
        ("age", "1-2-3", Reading(None, "refused", note="1-2-3")),
        ("language", "en_US", likely("en")),
        ("id", "北１", mended("北1")),
    ],
)
def test_odd_cells(name: str, text: str, reading: Reading) -> None:
    assert TYPES[name].parse(text) == reading


def test_five_digits_with_two_readings_are_asked() -> None:
    kind = TYPES["area_code"]
    doubtful = [code for code in range(10_000, 48_000) if kind.parse(str(code)).how == "ask"]
    assert doubtful
    assert kind.parse(str(doubtful[0])) == ask(Code.ZEROS_LOST)
