"""Each way a server can fail has its class, and takes no longer than it may."""

import gzip
import socket
import time
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from server import CSV, PAGE, after, bomb, drip, drip_header, endless, hang_up, silence

from ckanext.jichitai.net import Fetcher, NoContact


def test_a_file(server, fetcher):
    server.plays["/a.csv"] = lambda h: h.reply(
        body=CSV, ETag='"1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT"
    )
    answer = fetcher.get(server.url("/a.csv"))
    assert (answer.cls, answer.status, answer.content(), answer.tries) == (None, 200, CSV, 1)
    assert (answer.etag, answer.last_modified) == ('"1"', "Mon, 01 Jan 2024 00:00:00 GMT")


@pytest.mark.parametrize(
    ("play", "cls", "tries"),
    [
        (lambda h: h.reply(404), "http_error", 1),
        (lambda h: h.reply(410), "http_error", 1),
        (lambda h: h.reply(500), "http_error", 4),
        (lambda h: h.reply(206, CSV), "http_error", 1),  # no part was asked for
        (lambda h: h.reply(body=PAGE), "html_page", 1),
        (lambda h: h.reply(403, PAGE, cf_mitigated="challenge"), "blocked", 1),
        (lambda h: h.reply(202, PAGE, x_amzn_waf_action="challenge"), "blocked", 1),
        (lambda h: h.reply(body=CSV, Content_Length="999"), "bad_answer", 4),
        (lambda h: h.reply(body=gzip.compress(CSV * 99)[:-9], Content_Encoding="gzip"), "bad_answer", 4),
        (
            lambda h: h.reply(body=gzip.compress(CSV)[:-4] + b"\0\0\0\0", Content_Encoding="gzip"),
            "bad_answer",
            1,
        ),
        (lambda h: h.reply(body=CSV, Content_Encoding="br"), "bad_answer", 1),
        (hang_up, "unreachable", 4),
        (bomb, "too_big", 1),
        (endless, "too_big", 1),
        (lambda h: h.reply(body=b"x" * 2_000_000), "too_big", 1),
    ],
)
def test_failures(server, fetcher, play, cls, tries):
    server.plays["/a"] = play
    answer = fetcher.get(server.url("/a"), cap=1_000_000)
    assert (answer.cls, answer.tries, answer.body) == (cls, tries, b"" if cls != "html_page" else PAGE)


@pytest.mark.parametrize("play", [silence, drip, drip_header])
def test_whatever_it_does_it_ends(server, fetcher, play):
    server.plays["/a"] = play
    began = time.monotonic()
    assert fetcher.get(server.url("/a")).cls == "timeout"
    assert time.monotonic() - began < 2 + 2  # the deadline and two seconds


@pytest.mark.parametrize("bad", [lambda h: h.reply(503), lambda h: h.reply(429), hang_up])
def test_twice_bad_then_fine(server, fetcher, clock, bad):
    server.plays["/a"] = after(2, bad)
    answer = fetcher.get(server.url("/a"))
    assert (answer.cls, answer.body, answer.tries) == (None, CSV, 3)
    assert 1.5 <= clock.slept[0] <= 2.5
    assert 6 <= clock.slept[1] <= 10


@pytest.mark.parametrize(
    ("told", "waited"),
    [("5", 5), ("120", 120), (format_datetime(datetime.fromtimestamp(1_800_000_030, UTC), usegmt=True), 30)],
)
def test_a_short_retry_after_is_waited_out(server, fetcher, clock, told, waited):
    server.plays["/a"] = after(1, lambda h: h.reply(429, Retry_After=told))
    assert fetcher.get(server.url("/a")).cls is None
    assert clock.slept == [waited]


def test_a_long_retry_after_defers_the_whole_host(server, fetcher, clock):
    server.plays["/a"] = lambda h: h.reply(429, Retry_After="3600")
    answer = fetcher.get(server.url("/a"))
    assert (answer.cls, answer.retry_after, answer.tries) == ("busy", 3600, 1)
    assert fetcher.get(server.url("/b")).cls == "busy"
    assert server.asked["/b"] == 0
    clock.sleep(3601)
    assert fetcher.get(server.url("/b")).cls == "http_error"


def test_what_unpacks_too_well_is_a_bomb(server, fetcher):
    server.plays["/a"] = bomb
    assert fetcher.get(server.url("/a"), cap=100_000_000).cls == "too_big"


@pytest.mark.parametrize(
    "url", ["http://", "http://a.example:port/", "http://.example/", "ftp://a.example/", "/a", ""]
)
def test_what_is_no_address(fetcher, url):
    answer = fetcher.get(url)
    assert answer.cls in ("unsafe_address", "unreachable")


def test_nobody_listens(clock):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = Fetcher([f"127.0.0.0/8:{port}"], now=clock.now, sleep=clock.sleep).get(
        f"http://127.0.0.1:{port}/"
    )
    assert (answer.cls, answer.tries) == ("unreachable", 4)


def test_not_longer_than_a_day(server, fetcher):
    server.plays["/a"] = lambda h: h.reply(503, Retry_After="9999999")
    assert fetcher.get(server.url("/a")).retry_after == 86400


def test_unchanged(server, fetcher):
    server.plays["/a"] = lambda h: h.reply(304) if h.headers["If-None-Match"] == '"1"' else h.reply(body=CSV)
    assert fetcher.get(server.url("/a"), etag='"1"').unchanged
    assert fetcher.get(server.url("/a"), etag='"2"').body == CSV


def test_packed_bodies(server, fetcher):
    packed = gzip.compress(CSV) + gzip.compress(CSV)
    server.plays["/a"] = lambda h: h.reply(body=packed, Content_Encoding="gzip")
    assert fetcher.get(server.url("/a")).body == CSV * 2


def test_an_empty_body_is_an_answer(server, fetcher):
    server.plays["/a"] = lambda h: h.reply()
    assert fetcher.get(server.url("/a")).cls is None


def test_a_part(server, fetcher):
    server.plays["/a"] = lambda h: (
        h.reply(206, CSV[:10]) if h.headers["Range"] == "bytes=0-9" else h.reply(500)
    )
    assert fetcher.get(server.url("/a"), part=10).body == CSV[:10]


def test_data_sent_as_html_is_data(server, fetcher):
    server.plays["/a"] = lambda h: h.reply(body=CSV, Content_Type="text/html")
    assert fetcher.get(server.url("/a")).cls is None


def test_a_page_is_welcome_where_pages_are_read(server, fetcher):
    server.plays["/a"] = lambda h: h.reply(body=PAGE)
    assert fetcher.get(server.url("/a"), page=True).cls is None


def test_who_we_are(server, clock):
    server.plays["/a"] = lambda h: h.reply(body=CSV, Set_Cookie="a=b")
    fetcher = Fetcher(
        [f"127.0.0.0/8:{server.port}"],
        "me@city.example",
        "1.2",
        "https://data.city.example",
        now=clock.now,
        sleep=clock.sleep,
    )
    for _ in range(2):
        fetcher.get(server.url("/a"))
    sent = server.headers[-1]
    assert sent["User-Agent"] == "ckanext-jichitai/1.2 (+https://data.city.example/about; me@city.example)"
    assert "Cookie" not in sent


def test_a_public_host_needs_a_contact(clock):
    with pytest.raises(NoContact):
        Fetcher(now=clock.now, sleep=clock.sleep).get("http://93.184.215.14/")
