"""A report as one web page that needs nothing else: no script, no font, no picture from elsewhere."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from ..check.values import Report
from ..definitions.model import RuleBook
from ..issues.phrases import load_phrases
from .text import PARTS, sentence


@cache
def _template() -> Template:
    place = Path(__file__).parent
    return Environment(loader=FileSystemLoader(place), autoescape=True, trim_blocks=True).get_template(
        "report.html"
    )


def render(report: Report, book: RuleBook, lang: str = "ja") -> str:
    """The page in a language."""
    lang = "ja" if lang == "ja" else "en"
    say = load_phrases()
    parts = [
        (part, [issue for issue in report.issues if issue.severity == severity])
        for severity, part in PARTS.items()
    ]
    item = book.items[report.item.id] if report.item else None

    def said(key: str, **facts: object) -> str:
        return say(key, lang, **facts)

    return _template().render(
        report=report,
        lang=lang,
        say=said,
        sentence=sentence(report, lang),
        parts=[(part, issues) for part, issues in parts if issues],
        title=getattr(item.title, lang) if item else None,
        titles={one.id: getattr(one.title, lang) for one in book.items.values()},
    )
