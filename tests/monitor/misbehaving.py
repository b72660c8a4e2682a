"""Tasks for worker processes, good and bad; a worker imports them by name."""

import ctypes
import os
import signal
import sys
import time
from pathlib import Path


class OddError(Exception):
    """An error that cannot be made again from its arguments."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


def double(number: int, *, plus: int = 0) -> int:
    """Twice *number*."""
    return 2 * number + plus


def process_id() -> int:
    """The worker's process."""
    return os.getpid()


def sleep(seconds: float) -> int:
    """Take *seconds*."""
    time.sleep(seconds)
    return os.getpid()


def sleep_and_say(path: str, seconds: float) -> None:
    """Leave the worker's process id at *path*, then take *seconds*."""
    Path(path).write_text(str(os.getpid()))
    time.sleep(seconds)


def allocate(megabytes: int) -> int:
    """Take so much memory."""
    return len(bytearray(megabytes * 1024 * 1024))


def crash() -> None:
    """Read from address 0."""
    # The dump of a crash that is wanted is of no use to anybody.
    sys.stderr.close()
    ctypes.string_at(0)


def leave() -> None:
    """Exit from under the worker."""
    sys.exit(3)


def die() -> None:
    """Be killed as by the system when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(message: str) -> None:
    """Raise an ordinary error."""
    raise ValueError(message)


def fail_oddly() -> None:
    """Raise an error that cannot travel."""
    raise OddError("one", "other")


def recurse(depth: int = 0) -> int:
    """Never end."""
    return recurse(depth + 1)


def answer_oddly() -> object:
    """Give what cannot travel."""
    return lambda: None
