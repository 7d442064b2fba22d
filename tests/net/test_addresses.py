"""Which addresses are of the open internet, and what a deployment may add."""

import socket
from ipaddress import ip_address

import pytest

from ckanext.jichitai.net import Fetcher, addresses, connect
from ckanext.jichitai.net.addresses import allow, is_allowed, is_public, judged
from ckanext.jichitai.net.answer import Refused


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("198.18.0.1", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.215.14", True),
        ("64:ff9b:1::1", False),
        ("2002:a00:1::", False),
    ],
)
def test_public(text, public):
    assert is_public(ip_address(text)) is public


@pytest.mark.parametrize(
    ("text", "address", "port", "allowed"),
    [
        ("127.0.0.0/8:18000-18062", "127.0.0.1", 18000, True),
        ("127.0.0.0/8:18000-18062", "127.0.0.1", 18062, True),
        ("127.0.0.0/8:18000-18062", "127.0.0.1", 18063, False),
        ("127.0.0.0/8:18000-18062", "10.0.0.1", 18000, False),
        ("10.1.0.0/16:443", "10.1.2.3", 443, True),
        ("[fc00::/7]:80", "fc00::1", 80, True),
    ],
)
def test_allowed(text, address, port, allowed):
    assert is_allowed(ip_address(address), port, [allow(text)]) is allowed


@pytest.mark.parametrize("text", ["127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "nothing:80", "10.0.0.1/8:80"])
def test_an_allowance_without_network_and_ports_is_refused(text):
    with pytest.raises(ValueError, match=text.partition("/")[0].partition(":")[0]):
        allow(text)


def resolver(monkeypatch, *answers):
    """A name server whose answers follow one another; the last one stays."""
    left = list(answers)

    def look_up(host, port, **kind):
        found = left.pop(0) if len(left) > 1 else left[0]
        return [
            (socket.AF_INET6 if ":" in text else socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, port))
            for text in found
        ]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)


def test_one_bad_address_condemns_the_name(monkeypatch):
    resolver(monkeypatch, ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(Refused) as found:
        judged("trap.example", 80, ())
    assert found.value.cls == "unsafe_address"


def test_no_such_name():
    with pytest.raises(Refused) as found:
        judged("no-such-host.invalid", 80, ())
    assert found.value.cls == "unreachable"


def test_rebinding_gains_nothing(server, fetcher, monkeypatch):
    """The socket goes where the judged look-up said, and each look-up is judged."""
    resolver(monkeypatch, ["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"])
    server.plays["/a"] = lambda handler: handler.reply(body=b"a")
    url = f"http://city.example:{server.port}/a"
    fetcher.get(url)
    assert fetcher.get(url).cls == "unsafe_address"


def test_a_dead_address_gives_way_to_the_next(server, monkeypatch):
    resolver(monkeypatch, ["::1", "127.0.0.1"])
    made = connect.open_socket(
        "city.example", server.port, (allow(f"127.0.0.0/8:{server.port}"), allow(f"[::1]:{server.port}")), 2
    )
    assert made.getpeername()[0] == "127.0.0.1"
    made.close()


def test_no_connection_in_time(server, clock, monkeypatch):
    def never(*args):
        raise TimeoutError("timed out")

    monkeypatch.setattr(connect, "open_socket", never)
    fetcher = Fetcher([f"127.0.0.0/8:{server.port}"], now=clock.now, sleep=clock.sleep)
    assert fetcher.get(server.url("/a")).cls == "timeout"


def test_another_machine_answers(server, monkeypatch):
    monkeypatch.setattr(connect.socket.socket, "getpeername", lambda made: ("10.0.0.1", 80))
    with pytest.raises(OSError, match="another machine"):
        connect.open_socket("127.0.0.1", server.port, (allow(f"127.0.0.0/8:{server.port}"),), 2)
