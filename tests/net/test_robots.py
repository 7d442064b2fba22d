"""robots.txt: obeyed, unless someone allowed the address; the last known one where it cannot be read."""

import threading
import time

import pytest
from server import CSV, PAGE, serving, silence

from ckanext.jichitai.net import Fetcher, Limits

STOCK = b"User-agent: *\nDisallow: /api/\nCrawl-Delay: 10\n"


def plays(server, robots):
    server.plays |= {
        "/robots.txt": robots,
        "/api/x": lambda h: h.reply(body=CSV),
        "/x": lambda h: h.reply(body=CSV),
    }


def test_forbidden_unless_permitted(server, fetcher):
    plays(server, lambda h: h.reply(body=STOCK))
    assert fetcher.get(server.url("/api/x")).cls == "robots"
    assert server.asked["/api/x"] == 0
    assert fetcher.get(server.url("/api/x"), permitted=True).cls is None
    assert fetcher.get(server.url("/x")).cls is None


@pytest.mark.parametrize(
    "robots", [lambda h: h.reply(404), lambda h: h.reply(body=PAGE), lambda h: h.reply(403)]
)
def test_none_and_pages_are_no_rules(server, fetcher, robots):
    plays(server, robots)
    assert fetcher.get(server.url("/api/x")).cls is None


def test_read_once_a_day(server, fetcher, clock):
    plays(server, lambda h: h.reply(body=STOCK))
    for _ in range(3):
        fetcher.get(server.url("/x"))
    assert server.asked["/robots.txt"] == 1
    clock.sleep(86401)
    fetcher.get(server.url("/x"))
    assert server.asked["/robots.txt"] == 2


def test_the_last_known_holds_a_week(server, fetcher, clock):
    plays(server, lambda h: h.reply(body=STOCK))
    fetcher.get(server.url("/x"))
    plays(server, lambda h: h.reply(500))
    clock.sleep(2 * 86400)
    assert fetcher.get(server.url("/x")).cls is None
    assert fetcher.get(server.url("/api/x")).cls == "robots"
    clock.sleep(6 * 86400)
    assert fetcher.get(server.url("/x")).cls == "robots"


def test_never_readable_is_no(server, fetcher):
    plays(server, lambda h: h.reply(500))
    assert fetcher.get(server.url("/x")).cls == "robots"


def test_rules_of_the_deployment_are_used_and_filled(server, clock):
    plays(server, lambda h: h.reply(body=STOCK))
    rules = {}
    make = lambda: Fetcher([f"127.0.0.0/8:{server.port}"], rules=rules, now=clock.now, sleep=clock.sleep)  # noqa: E731
    make().get(server.url("/x"))
    make().get(server.url("/x"))
    assert server.asked["/robots.txt"] == 1
    assert rules[f"http://127.0.0.1:{server.port}"].text == STOCK.decode()


def test_a_silent_host_keeps_no_other_waiting(server, clock):
    with serving() as slow:
        fetcher = Fetcher(
            [f"127.0.0.0/8:{server.port}", f"127.0.0.0/8:{slow.port}"],
            limits=Limits(silence=1, request=1),
            now=clock.now,
            sleep=clock.sleep,
        )
        slow.plays["/robots.txt"] = silence
        plays(server, lambda h: h.reply(404))
        waiting = threading.Thread(target=fetcher.get, args=(slow.url("/x"),))
        waiting.start()
        began = time.monotonic()
        assert fetcher.get(server.url("/x")).cls is None
        assert time.monotonic() - began < 0.5
        waiting.join()


def test_crawl_delay_is_kept_to_ten_seconds(fetcher):
    from ckanext.jichitai.net import Rules

    fetcher.robots.known["http://a.example"] = Rules("User-agent: *\nCrawl-delay: 60", 1_800_000_000.0)
    assert fetcher.robots.pause("http://a.example/x") == 10
