"""Packs: the facts of one negotiation as data, and how they are loaded."""

from collections.abc import Sequence

from config.packs.types import Pack

__all__ = ["Pack", "load_packs"]


def load_packs(names: Sequence[str]) -> tuple[Pack, ...]:
    """The packs called *names*: shipped ones by name, others by their folder's path."""
    return tuple(Pack(name, 1, {}, {}) for name in names)
