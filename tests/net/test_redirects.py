"""Redirects: each hop is judged anew; nothing inside is reached, by whatever name."""

import pytest
from server import CSV, endless, serving

from ckanext.jichitai.net import Fetcher, Limits


def to(url, status=302):
    return lambda handler: handler.reply(status, Location=url)


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:{trap}/",
        "http://localhost:{trap}/",
        "http://2130706433:{trap}/",  # decimal
        "http://0x7f000001:{trap}/",
        "http://0177.0.0.1:{trap}/",
        "http://127.1:{trap}/",
        "http://0.0.0.0:{trap}/",
        "http://[::1]:{trap}/",
        "http://[::ffff:127.0.0.1]:{trap}/",  # mapped
        "http://[64:ff9b::7f00:1]:{trap}/",  # NAT64
        "http://[2002:7f00:1::]:{trap}/",  # 6to4
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://100.64.0.1/",
        "http://user@127.0.0.1:{trap}/",
        "file:///etc/passwd",
        "ftp://127.0.0.1:{trap}/",
        "gopher://127.0.0.1:{trap}/",
        "http://[::1",
        "http://.example/",
    ],
)
def test_inward(server, fetcher, place):
    with serving() as trap:
        server.plays["/a"] = to(place.format(trap=trap.port))
        answer = fetcher.get(server.url("/a"))
    assert (answer.cls, answer.tries) == ("unsafe_address", 1)
    assert not trap.asked


def test_along(server, fetcher):
    server.plays |= {"/a": to("/b"), "/b": to("c?x=1"), "/c": lambda h: h.reply(body=CSV)}
    answer = fetcher.get(server.url("/a"))
    assert (answer.cls, answer.url, answer.moved) == (None, server.url("/c?x=1"), "")


def test_for_good(server, fetcher):
    server.plays |= {"/a": to("/b", 301), "/b": to("/c", 308), "/c": lambda h: h.reply(body=CSV)}
    assert fetcher.get(server.url("/a")).moved == server.url("/c")


def test_not_for_ever(server, fetcher):
    server.plays["/a"] = to("/a")
    assert fetcher.get(server.url("/a")).cls == "http_error"
    assert server.asked["/a"] == 6


def test_the_body_of_a_redirect_is_not_read(server, fetcher):
    def endless_redirect(handler):
        handler.send_response(302)
        handler.send_header("Location", "/b")
        handler.end_headers()
        endless(handler)

    server.plays |= {"/a": endless_redirect, "/b": lambda h: h.reply(body=CSV)}
    assert fetcher.get(server.url("/a")).body == CSV


def test_secrets_stay_at_their_origin(server, clock):
    with serving() as other:
        fetcher = Fetcher(
            [f"127.0.0.0/8:{server.port}", f"127.0.0.0/8:{other.port}"],
            limits=Limits(silence=1, request=2),
            now=clock.now,
            sleep=clock.sleep,
        )
        server.plays |= {"/a": to("/b"), "/b": to(other.url("/c"))}
        other.plays["/c"] = lambda h: h.reply(body=CSV)
        assert fetcher.get(server.url("/a"), secret={"Authorization": "key"}).cls is None
    assert [sent.get("Authorization") for sent in server.headers[-2:]] == ["key", "key"]
    assert "Authorization" not in other.headers[-1]
    assert "key" not in repr(fetcher.get(server.url("/gone"), secret={"Authorization": "key"}))
