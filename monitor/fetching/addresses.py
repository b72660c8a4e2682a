"""Which network addresses may be contacted.

``ipaddress.is_global`` alone is not enough: on Python 3.11 it holds for multicast and for IPv6
forms that carry a private IPv4 address (NAT64, 6to4, compatible). Those are unwrapped here.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

WEB_PORTS = frozenset({80, 443, 8080, 8443})
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "64:ff9b:1::/48")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")


def is_public(address: Address) -> bool:
    """Whether *address* is somewhere on the open internet, seen through any embedding."""
    embedded = _embedded(address)
    if embedded is not None:
        return is_public(embedded)
    if any(address in network for network in _REFUSED if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _embedded(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, or None."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the settings allow beyond the open internet: everything, networks, host:port pairs."""

    everything: bool
    networks: tuple[Network, ...]
    places: frozenset[str]

    def permits(self, host: str, port: int, address: Address) -> bool:
        """Whether *address* (of *host*) may be contacted on *port*."""
        if self.everything or f"{host}:{port}" in self.places:
            return True
        mapped = getattr(address, "ipv4_mapped", None) or address
        if any(mapped in network for network in self.networks if network.version == mapped.version):
            return True
        return port in WEB_PORTS and is_public(address)


def allowed_from(setting: bool | Sequence[str]) -> Allowed:
    """The ``allow_private`` of the settings as a rule.

    Raises ``ValueError`` for an item that is neither a network nor a host:port pair.
    """
    if isinstance(setting, bool):
        return Allowed(setting, (), frozenset())
    networks, places = [], set()
    for item in setting:
        try:
            networks.append(ipaddress.ip_network(item, strict=False))
        except ValueError:
            host, _, port = item.rpartition(":")
            if not host or not port.isdecimal():
                raise ValueError(
                    f"{item!r} is neither a network (10.1.0.0/16) nor a host:port pair"
                ) from None
            places.add(f"{host.strip('[]').lower()}:{port}")
    return Allowed(False, tuple(networks), frozenset(places))
