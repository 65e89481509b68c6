"""What several tests need: the project's folders, the program, the cases."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
from typing import Any, Iterator, Optional

import pytest

PYTHON = pathlib.Path(__file__).resolve().parent.parent
PROJECT = PYTHON.parent


def program() -> str:
    """The program `relucert`, built before; its tests are skipped where it is not."""
    named = os.environ.get("RELUCERT_PROGRAM")
    for path in [named] if named else [PROJECT / "target/release/relucert", PROJECT / "target/debug/relucert"]:
        if path and os.access(path, os.X_OK):
            return str(path)
    pytest.skip("the program relucert is not built here (RELUCERT_PROGRAM says where it is)")


def ask(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The program's exit code and answer."""
    run = subprocess.run([program(), "--json", *arguments], capture_output=True, text=True, check=False)
    return run.returncode, json.loads(run.stdout)


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """The worked cases, public ones or those that RELUCERT_CASES names."""
    folder = pathlib.Path(os.environ.get("RELUCERT_CASES", PROJECT / "tests/cases"))
    for path in sorted(folder.glob("*.json")):
        yield path.stem, json.loads(path.read_text())


def networks_folder() -> pathlib.Path:
    """Networks of others, which the project does not have."""
    folder = pathlib.Path(os.environ.get("RELUCERT_NETWORKS", PROJECT.parent / "shared/networks"))
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder} (RELUCERT_NETWORKS says where it is)")
    return folder


def nets(value: Any) -> Iterator[dict[str, Any]]:
    """All networks in a case."""
    if isinstance(value, dict):
        if "a" in value and "c" in value and isinstance(value["a"], list):
            yield value
        for inner in value.values():
            yield from nets(inner)


def number(text: Optional[str]) -> Any:
    """A number of the program's JSON."""
    import relucert

    if text is None:
        return None
    surd = relucert.Surd(text)
    return surd.to_fraction() if surd.is_rational() else surd
