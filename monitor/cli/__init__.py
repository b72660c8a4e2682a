"""The command line: one module a command, loaded when it is used."""

from monitor.cli.root import main

__all__ = ["main"]
