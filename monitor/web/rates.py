"""How often one address may ask: a bucket of tokens that fills by itself."""

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable

_MOST_ADDRESSES = 10_000
_NETWORK_BITS = 64  # of IPv6: one subscriber has all the addresses of such a network


class RateLimit:
    """At most so many requests a minute from each address; loopback is not counted."""

    def __init__(self, a_minute: int, clock: Callable[[], float]) -> None:
        self._most = float(a_minute)
        self._clock = clock
        # Tokens left and when that was so; the address that asked longest ago comes first.
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, host: str) -> int:
        """Seconds until *host* may ask again; 0: it may now, and this counts."""
        name = _counted(host) if self._most else None
        if name is None:
            return 0
        now = self._clock()
        left, at = self._buckets.pop(name, (self._most, now))
        left = min(self._most, left + (now - at) * self._most / 60)
        allowed = left >= 1
        self._buckets[name] = (left - 1 if allowed else left, now)
        if len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) * 60 / self._most))


def _counted(host: str) -> str | None:
    """What requests of *host* are counted under; None where they are not."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif not address.is_loopback:
            return str(ipaddress.ip_network((int(address), _NETWORK_BITS), strict=False))
    return None if address.is_loopback else str(address)
