"""What is wrong with a pack, told all at once."""


class PackError(Exception):
    """A pack cannot be used; ``faults`` names every fault with its file and line."""

    exit_code = 2

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))
