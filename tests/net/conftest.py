"""A server, and a fetcher that may ask it and whose clock runs by sleeping."""

import sys
from pathlib import Path

import pytest

from ckanext.jichitai.net import Fetcher, Limits

sys.path.insert(0, str(Path(__file__).parent))


class Clock:
    """Seconds that pass only when someone sleeps."""

    def __init__(self):
        self.at, self.slept = 1_800_000_000.0, []

    def now(self):
        return self.at

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server():
    from server import serving

    with serving() as running:
        yield running


@pytest.fixture
def fetcher(server, clock):
    return Fetcher(
        [f"127.0.0.0/8:{server.port}"],
        limits=Limits(silence=1, request=2, file=2),
        now=clock.now,
        sleep=clock.sleep,
    )
