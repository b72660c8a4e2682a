"""What can go wrong in the service, in a user's words.

::

    MonitorError            exit 1: the command failed
    ├── UsageError          exit 2: settings, options or arguments are wrong
    ├── RetryLaterError     this item failed for now; it is tried again on schedule
    └── GiveUpError         this item cannot be had; it is not tried again

A message is one sentence: what happened, where, and what to do.
"""


class MonitorError(Exception):
    """The command failed."""

    exit_code = 1


class UsageError(MonitorError):
    """Settings, options or arguments are wrong; the user can put it right."""

    exit_code = 2


class RetryLaterError(MonitorError):
    """An item failed for now; the schedule tries it again."""


class GiveUpError(MonitorError):
    """An item cannot be had, now or later."""
