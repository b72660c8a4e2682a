"""From a folder of TOML files to a pack, with every fault told at once."""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from config.packs.building import Builder, Source, hint
from config.packs.errors import PackError
from config.packs.types import Pack

_HEAD = "pack.toml"


def shipped_packs() -> list[str]:
    """The names of the packs that come with the program."""
    folders = files("config.packs").iterdir()
    return sorted(folder.name for folder in folders if folder.joinpath(_HEAD).is_file())


def load_packs(names: Sequence[str]) -> tuple[Pack, ...]:
    """The packs called *names*: shipped ones by name, others by their folder's path.

    Raises :class:`PackError` with every fault of all of them, each with its file and line.
    """
    packs, faults = [], []
    for name in dict.fromkeys(names):
        pack, found = _load(name)
        faults += found
        if pack is not None:
            packs.append(pack)
    if faults:
        raise PackError(faults)
    return tuple(packs)


def check_pack(name: str | Path) -> list[str]:
    """The faults of one pack (a shipped pack's name or a folder), each with its file and line."""
    return _load(str(name))[1]


def _load(name: str) -> tuple[Pack | None, list[str]]:
    shipped = shipped_packs()
    path = Path(name).expanduser()
    if name in shipped:
        return _load_folder(files("config.packs").joinpath(name), f"config/packs/{name}")
    if name and path.is_dir():
        return _load_folder(path, str(path))
    if path.name != name:
        return None, [f"{name}: this folder is not there; a pack is a shipped name or a folder."]
    return None, [f"There is no pack {name!r}; {hint(name, shipped)}"]


def _load_folder(folder: Traversable, place: str) -> tuple[Pack | None, list[str]]:
    if not folder.joinpath(_HEAD).is_file():
        return None, [f"{place}: this folder holds no {_HEAD}, so it is not a pack."]
    faults: list[str] = []
    sources = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            source = _read(file, f"{place}/{file.name}", faults)
            if source is not None:
                sources[file.name] = source
    pack = Builder(sources, faults, is_whole=not faults).pack()
    return (None if faults else pack), faults


def _read(file: Traversable, place: str, faults: list[str]) -> Source | None:
    try:
        text = file.read_text(encoding="utf-8-sig")
        return Source(place, text, tomllib.loads(text))
    except OSError as error:
        faults.append(f"{place}:1: the file cannot be read ({error.strerror}).")
    except UnicodeDecodeError:
        faults.append(f"{place}:1: the file is not UTF-8 text.")
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at (?:line (\d+)|end of document).*\)", str(error))
        line = found[1] if found and found[1] else str(len(text.splitlines()) or 1)
        message = str(error)[: found.start()] if found else str(error)
        faults.append(f"{place}:{line}: this is not valid TOML: {message}.")
    return None
