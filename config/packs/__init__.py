"""Packs: the facts of one negotiation as data, and how they are loaded."""

from config.packs.types import Pack

__all__ = ["Pack"]
