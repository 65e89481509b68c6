"""How far a long call is, in one line on standard error."""

from __future__ import annotations

import sys
import time


class Line:
    """One line that is written over, with the time that has passed."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = 0

    def __call__(self, text: str) -> None:
        line = f"{time.monotonic() - self._start:6.1f}s  {text}"
        sys.stderr.write("\r" + line.ljust(self._shown))
        sys.stderr.flush()
        self._shown = len(line)

    def close(self) -> None:
        """Takes the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            sys.stderr.flush()
