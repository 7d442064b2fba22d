"""Tests of deploy/ and solr/, which are no part of the package: the checkout joins the path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
