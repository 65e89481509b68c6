"""Tests say which of them were skipped and why."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))


def pytest_configure(config):  # type: ignore[no-untyped-def]
    config.option.reportchars = config.option.reportchars or "s"
