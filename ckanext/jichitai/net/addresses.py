"""Which machines may be connected to, judged by the address that the socket will use.

A name is resolved once, every address of it is judged, and the connection goes to a judged one:
a name server that answers otherwise the second time gains nothing.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import msgspec

from .answer import Refused

Address = IPv4Address | IPv6Address
NAT64 = ip_network("64:ff9b::/96")
NAT64_LOCAL = ip_network("64:ff9b:1::/48")
# Not "global", yet the standard library of 3.11 lets some of these pass.
NEVER = tuple(
    ip_network(net) for net in ("100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "fec0::/10", "2002::/16")
)


class Allow(msgspec.Struct, frozen=True):
    """A network of the deployment's own with its ports (both ends included): 127.0.0.0/8:18000-18062."""

    network: IPv4Network | IPv6Network
    low: int
    high: int


def allow(text: str) -> Allow:
    """Read `network:port` or `network:low-high`. Raises ValueError where it names no ports."""
    network, found, ports = text.strip().rpartition(":")
    low, _, high = ports.partition("-")
    if not found or not low.isdecimal() or not (high or low).isdecimal():
        raise ValueError(f"{text}: write network and ports, as 127.0.0.0/8:18000-18062")
    return Allow(ip_network(network.strip("[]")), int(low), int(high or low))


def is_allowed(address: Address, port: int, allowed: Iterable[Allow]) -> bool:
    """Whether the deployment names this address and port itself."""
    return any(address in each.network and each.low <= port <= each.high for each in allowed)


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet, also the one wrapped inside it."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address in NAT64_LOCAL:
            return False
    if any(address in network for network in NEVER if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast


def judged(host: str, port: int, allowed: Iterable[Allow]) -> list[tuple[int, str]]:
    """(family, address) of a host, in the order to try them.

    Raises Refused: unreachable where the name is not known, unsafe_address where any address of it is
    not of the open internet and not allowed.
    """
    allowed = tuple(allowed)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise Refused("unreachable", f"{host}: {fault}", again=True) from fault
    pairs = list(dict.fromkeys((int(family), str(place[0])) for family, _, _, _, place in found))
    for _, text in pairs:
        address = ip_address(text.partition("%")[0])
        if not (is_allowed(address, port, allowed) or is_public(address)):
            raise Refused("unsafe_address", f"{host} is {text}")
    return pairs
