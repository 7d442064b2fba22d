"""The deployment's proxy is used, the environment's is not, and a proxy opens no way inside."""

from server import CSV, serving

from ckanext.jichitai.net import Fetcher, Limits

PUBLIC = "http://93.184.215.14/a"


def through(proxy, clock):
    return Fetcher(
        contact="me@city.example",
        proxy=proxy.url(""),
        limits=Limits(silence=1, request=2),
        now=clock.now,
        sleep=clock.sleep,
    )


def test_the_deployments_own(server, clock):
    server.plays[PUBLIC] = lambda handler: handler.reply(body=CSV)
    assert through(server, clock).get(PUBLIC).body == CSV


def test_no_way_inside(server, clock):
    server.plays[PUBLIC] = lambda handler: handler.reply(302, Location="http://127.0.0.1:9/")
    assert through(server, clock).get(PUBLIC).cls == "unsafe_address"
    assert through(server, clock).get("http://10.0.0.1/").cls == "unsafe_address"
    assert set(server.asked) <= {PUBLIC, "http://93.184.215.14/robots.txt"}


def test_the_environments_is_ignored(server, fetcher, monkeypatch):
    server.plays["/a"] = lambda handler: handler.reply(body=CSV)
    with serving() as trap:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, trap.url(""))
        assert fetcher.get(server.url("/a")).body == CSV
    assert not trap.asked
