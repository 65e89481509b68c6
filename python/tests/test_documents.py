"""Examples in docstrings, notebooks, the README and the stubs."""

from __future__ import annotations

import ast
import contextlib
import doctest
import importlib.util
import inspect
import io
import json
import re
import subprocess
import sys
import warnings
from typing import Any, Iterator

import pytest

import relucert
from support import PROJECT, PYTHON


def documented() -> Iterator[tuple[str, Any]]:
    yield "relucert", relucert
    for name in relucert.__all__:
        thing = getattr(relucert, name)
        yield name, thing
        if inspect.isclass(thing):
            for inner, value in vars(thing).items():
                if not inner.startswith("_") and getattr(value, "__doc__", None) and not isinstance(value, (str, int, tuple)):
                    yield f"{name}.{inner}", value


def test_everything_is_documented() -> None:
    for name, thing in documented():
        if not name.startswith("__") and not isinstance(thing, str):
            assert inspect.getdoc(thing), name
            if callable(thing) and not inspect.isclass(thing) and "classmethod" not in repr(thing):
                assert inspect.signature(thing), name


def test_docstrings() -> None:
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    tried = 0
    for name, thing in documented():
        text = inspect.getdoc(thing) if not isinstance(thing, str) else None
        test = parser.get_doctest(text or "", {}, name, None, 0)
        runner.run(test)
        tried += len(test.examples)
    results = runner.summarize(verbose=False)
    assert results.failed == 0 and tried > 25, tried


@pytest.mark.parametrize("path", sorted((PYTHON / "examples").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebook(path: Any) -> None:
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in cells]
    for module in set(re.findall(r"^(?:import|from) (\w+)", "\n".join(sources), re.M)):
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    names: dict[str, Any] = {"__name__": "__main__"}
    for source in sources:
        tree = ast.parse(source)
        shown = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(tree, path.name, "exec"), names)
            if shown is not None:
                value = eval(compile(ast.Expression(shown.value), path.name, "eval"), names)
                repr(value)
                if hasattr(value, "_repr_html_"):
                    value._repr_html_()


@pytest.mark.parametrize("path", ["python/README.md", "docs/python.md"])
def test_examples_of_documents(path: str) -> None:
    """Blocks of `python` run, one after the other, and print what the block of `text` after them says."""
    text = (PROJECT / path).read_text()
    if "sklearn" in text and importlib.util.find_spec("sklearn") is None:
        pytest.skip("sklearn is not installed")
    names: dict[str, Any] = {"__name__": "__main__"}
    tried = 0
    for code, printed in re.findall(r"```python\n(.*?)```(?:\n\n?```text\n(.*?)```)?", text, re.S):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(code, path, "exec"), names)
        if printed:
            assert output.getvalue() == printed
        tried += 1
    assert tried


def test_readme() -> None:
    if importlib.util.find_spec("sklearn") is None:
        pytest.skip("sklearn is not installed")
    block = re.search(r"```pycon\n(.*?)```", (PROJECT / "README.md").read_text(), re.S)
    assert block is not None
    runner = doctest.DocTestRunner(verbose=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        runner.run(doctest.DocTestParser().get_doctest(block.group(1), {}, "README.md", None, 0))
    results = runner.summarize(verbose=False)
    assert results.failed == 0 and results.attempted >= 10


def test_stubs() -> None:
    """The stubs have everything that the module has, and the package is typed."""
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    run = subprocess.run([sys.executable, "-m", "mypy.stubtest", "relucert._relucert"], capture_output=True, text=True, cwd=PYTHON / "tests")
    assert run.returncode == 0, run.stdout + run.stderr
    settings = str(PYTHON / "pyproject.toml")
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", settings, "-p", "relucert"], capture_output=True, text=True, cwd=PYTHON / "tests"
    )
    assert run.returncode == 0, run.stdout + run.stderr
