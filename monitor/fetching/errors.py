"""Why something could not be fetched."""

from enum import StrEnum

from monitor.errors import MonitorError


class FetchErrorKind(StrEnum):
    """What stood in the way."""

    OFFLINE = "offline"  # we have no network; nobody else is to blame
    UNKNOWN_HOST = "unknown host"
    REFUSED = "refused"  # our own rules: a private address, a scheme, a port
    FORBIDDEN = "forbidden"  # by the host's robots.txt
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    TOO_BIG = "too big"
    BROKEN = "broken"  # the answer breaks HTTP, its coding or its redirects


class FetchError(MonitorError):
    """An address could not be fetched; the message is one sentence."""

    def __init__(self, message: str, kind: FetchErrorKind) -> None:
        super().__init__(message)
        self.kind = kind
