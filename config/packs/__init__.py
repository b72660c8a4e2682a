"""Packs: the facts of one negotiation as data, and how they are loaded."""

from config.packs.errors import PackError
from config.packs.loading import check_pack, load_packs, shipped_packs
from config.packs.types import Pack

__all__ = ["Pack", "PackError", "check_pack", "load_packs", "shipped_packs"]
