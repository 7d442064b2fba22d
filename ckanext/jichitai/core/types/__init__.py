"""Value types: what one cell may say. One file a type; types that need words are built from lists."""

from .age import AGE
from .area_code import AREA_CODE
from .base import Reading, ValueType
from .corporate_number import CORPORATE_NUMBER
from .date import DATE
from .decimal import DECIMAL
from .email import EMAIL
from .id import ID
from .integer import INTEGER
from .kana import KANA
from .language import LANGUAGE
from .latitude import LATITUDE
from .list_of import list_of
from .longitude import LONGITUDE
from .money import MONEY
from .phone import PHONE
from .postcode import POSTCODE
from .recurring import RECURRING
from .school_code import SCHOOL_CODE
from .text import TEXT
from .time import TIME
from .town_id import TOWN_ID
from .url import URL
from .weekdays import WEEKDAYS
from .words import from_words

TYPES: dict[str, ValueType] = {
    kind.name: kind
    for kind in (
        TEXT,
        ID,
        KANA,
        INTEGER,
        DECIMAL,
        DATE,
        TIME,
        WEEKDAYS,
        RECURRING,
        LATITUDE,
        LONGITUDE,
        POSTCODE,
        PHONE,
        URL,
        EMAIL,
        AREA_CODE,
        CORPORATE_NUMBER,
        TOWN_ID,
        SCHOOL_CODE,
        MONEY,
        AGE,
        LANGUAGE,
    )
}

__all__ = ["TYPES", "Reading", "ValueType", "from_words", "list_of"]
