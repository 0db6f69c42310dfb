"""The command line's first word."""


def main() -> None:
    """Run the command that was typed."""
