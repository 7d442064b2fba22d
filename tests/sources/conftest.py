"""The words of the rule book, and a way to walk a source over answers that are written down."""

import sys
from pathlib import Path

import pytest

from ckanext.jichitai.core.catalog.lexicon import Lexicon
from ckanext.jichitai.core.definitions.load import load

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def lexicon():
    return Lexicon(load())
