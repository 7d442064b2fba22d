"""Makes the search core's configuration from the schema that the installed CKAN ships.

CKAN's own field type `text` splits on white space and stems English, so 避難所 finds nothing inside
指定避難所一覧. Here `text` reads Japanese words, and companions catch what the words miss: pairs of
characters (`text_bigram`), readings in kana (`title_reading`), the whole title (`title_exact`).
Everything else stays CKAN's, so an upgrade of CKAN is one run of this file:

    python solr/schema.py CKAN_SCHEMA.xml CONF_FOLDER

Not a general schema tool: it stops when CKAN's file lacks what it replaces.
"""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

HERE = Path(__file__).resolve().parent

# One form of every letter before anything is compared: width, case, ligatures. Index and query alike.
FOLD = '<charFilter name="icuNormalizer2" form="nfkc_cf" mode="compose"/>'
# Verbs to their base form, particles out, サーバー = サーバ. The synonyms stand behind the particles, so that
# synonyms.txt is written without them, and before the stems, so that it stays readable.
REDUCE = '<filter name="japaneseBaseForm"/><filter name="japanesePartOfSpeechStop"/>'
WORDS = f'<tokenizer name="japanese" mode="search" discardCompoundToken="false"/>{REDUCE}'
# A query's words in hiragana (ひなんじょ) would fall to pieces; those of synonyms.txt are told to the tokenizer.
ASKED = f'<tokenizer name="japanese" mode="search" userDictionary="kana.txt" userDictionaryEncoding="UTF-8"/>{REDUCE}'
SYNONYMS = """
    <filter name="synonymGraph" synonyms="synonyms.txt" ignoreCase="true" expand="true"
            tokenizerFactory="solr.JapaneseTokenizerFactory" tokenizerFactory.mode="search"
            tokenizerFactory.userDictionary="kana.txt"/>"""
STEMS = '<filter name="japaneseKatakanaStem" minimumLength="4"/><filter name="lowercase"/>'

TYPES = {
    "text": f"""
<fieldType name="text" class="solr.TextField" positionIncrementGap="100" autoGeneratePhraseQueries="true">
  <analyzer type="index">{FOLD}{WORDS}{STEMS}</analyzer>
  <analyzer type="query">{FOLD}{ASKED}{SYNONYMS}{STEMS}</analyzer>
</fieldType>""",
    "text_bigram": f"""
<fieldType name="text_bigram" class="solr.TextField" positionIncrementGap="100" autoGeneratePhraseQueries="true">
  <analyzer>{FOLD}<tokenizer name="standard"/><filter name="CJKBigram"/></analyzer>
</fieldType>""",
    "text_reading": f"""
<fieldType name="text_reading" class="solr.TextField" positionIncrementGap="100" autoGeneratePhraseQueries="true">
  <analyzer>{FOLD}<tokenizer name="japanese" mode="normal"/>
    <filter name="japaneseReadingForm" useRomaji="false"/>
    <filter name="icuTransform" id="Hiragana-Katakana"/></analyzer>
</fieldType>""",
    "text_exact": f"""
<fieldType name="text_exact" class="solr.TextField" omitNorms="true">
  <analyzer>{FOLD}<tokenizer name="keyword"/><filter name="trim"/></analyzer>
</fieldType>""",
}

FIELDS = {"title_exact": "text_exact", "title_bigram": "text_bigram", "title_reading": "text_reading"}
# What `text` gathers goes to its companion too; a copy of a copy is not made by Solr.
NOT_IN_BIGRAMS = {"text", "urls"}


def build(ckan_schema: Path, conf: Path) -> None:
    """Write schema.xml and the files that it names into conf. Safe to repeat."""
    conf.mkdir(parents=True, exist_ok=True)
    tree = ET.parse(ckan_schema)
    _replace_types(tree.getroot())
    _add_companions(tree.getroot())
    ET.indent(tree)
    tree.write(conf / "schema.xml", encoding="UTF-8", xml_declaration=True)
    for name in ("solrconfig.xml",):
        shutil.copy(HERE / "core" / "conf" / name, conf / name)
    synonyms = folded((HERE / "synonyms.txt").read_text("utf-8"))
    (conf / "synonyms.txt").write_text(synonyms, "utf-8")
    (conf / "kana.txt").write_text(kana(synonyms), "utf-8")


def folded(text: str) -> str:
    """The synonyms in the form that the char filter gives to a query."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def kana(synonyms: str) -> str:
    """The words in hiragana as a dictionary of the tokenizer: word, parts, reading, part of speech."""
    lines = [line for line in synonyms.splitlines() if not line.startswith("#")]
    words = sorted(
        {word for line in lines for word in re.split(r",\s*", line) if re.fullmatch("[ぁ-ゖ]{2,}", word)}
    )
    return "".join(
        f"{word},{word},{''.join(chr(ord(c) + 0x60) for c in word)},カスタム名詞\n" for word in words
    )


def _replace_types(schema: ET.Element) -> None:
    types = _one(schema, "types")
    types.remove(_one(types, "fieldType[@name='text']"))
    for xml in TYPES.values():
        types.append(ET.fromstring(xml))
    # Names and descriptions of files are Japanese too.
    for name in ("res_name", "res_description"):
        _one(schema, f"fields/field[@name='{name}']").set("type", "text")
    # text_general stays for authors and addresses, without the synonyms: its tokenizer cannot read them.
    for filter_ in types.findall("fieldType[@name='text_general']//filter[@synonyms]/.."):
        filter_.remove(_one(filter_, "filter[@synonyms]"))


def _add_companions(schema: ET.Element) -> None:
    fields = _one(schema, "fields")
    for name, kind in FIELDS.items():
        fields.append(ET.Element("field", name=name, type=kind, indexed="true", stored="false"))
        schema.append(ET.Element("copyField", source="title", dest=name))
    fields.append(
        ET.Element(
            "field",
            name="text_bigram",
            type="text_bigram",
            indexed="true",
            stored="false",
            multiValued="true",
        )
    )
    for copy in schema.findall("copyField[@dest='text']"):
        if copy.get("source") not in NOT_IN_BIGRAMS:
            schema.append(ET.Element("copyField", source=copy.get("source", ""), dest="text_bigram"))


def _one(parent: ET.Element, path: str) -> ET.Element:
    found = parent.find(path)
    if found is None:
        raise SystemExit(
            f"CKAN's schema has no {path}: solr/schema.py must be looked at for this version of CKAN"
        )
    return found


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
