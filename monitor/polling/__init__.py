"""Polling feeds: deciding what a poll means, and doing it."""

from monitor.polling.poll import PollOutcome, poll_feed

__all__ = ["PollOutcome", "poll_feed"]
