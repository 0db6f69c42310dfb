"""One line each at the end of a run: requests made, leaks found, sabotage noticed."""

from typing import Any

from tests.isolation.said import told


def pytest_terminal_summary(terminalreporter: Any) -> None:
    numbers = told()
    if not numbers:
        return
    write = terminalreporter.write_line
    write(f"Requests made: {numbers.get('requests', 0)}")
    write(f"Leaks found: {numbers.get('leaks', 0)}")
    if done := numbers.get("sabotaged", 0):
        write(f"Sabotage noticed: {numbers.get('noticed', 0)} of {done}")
