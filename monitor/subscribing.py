"""What an endpoint may be asked to get: topics and filters, checked."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from monitor.errors import UsageError
from storage.endpoints import CERTAINTIES, Subscription

TOPICS = (
    "quote.new quote.updated quote.withdrawn deadline.new deadline.updated deadline.moved "
    "deadline.approaching deadline.passed deadline.withdrawn issue.new issue.updated "
    "issue.withdrawn position.changed sighting.new feed.failing feed.recovered"
).split()
TYPES = ("quote", "deadline", "issue_mention")
FILTERS = tuple(Subscription.__slots__)


def subscription_from(given: Mapping[str, Sequence[str]], before: Subscription) -> Subscription:
    """The subscription that *given* asks for, by the names of :data:`FILTERS`.

    A value may hold several with commas. What is not given stays as it was *before*; a list of
    nothing takes a filter away. Raises :class:`UsageError` for what there is not.
    """
    values = {
        key: tuple(part.strip() for value in values for part in value.split(",") if part.strip())
        for key, values in given.items()
    }
    for pattern in values.get("topics", ()):
        _check_topic(pattern)
    for name, known in (("certainties", CERTAINTIES), ("types", TYPES)):
        for value in values.get(name, ()):
            if value not in known:
                raise UsageError(f"{value!r} is none of {', '.join(known)}.")
    if values.get("topics") == ():
        values["topics"] = Subscription().topics
    kept = {name: getattr(before, name) for name in FILTERS}
    return Subscription(**(kept | values))


def _check_topic(pattern: str) -> None:
    if any(fnmatchcase(topic, pattern) for topic in TOPICS):
        return
    near = get_close_matches(pattern, TOPICS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"topics are {', '.join(TOPICS)}."
    raise UsageError(f"The topic {pattern!r} is unknown; {hint}")
