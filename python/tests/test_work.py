"""Long calls: other threads run, limits hold, Ctrl-C ends them, progress is told."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

import relucert
from relucert import Arrangement, Network


def hard(neurons: int = 60, inputs: int = 12) -> Network:
    """A network whose seminorm takes long."""
    numbers = random.Random(5)
    row = lambda n: [numbers.randint(-99, 99) for _ in range(n)]
    return Network([row(inputs) for _ in range(neurons)], row(neurons), [row(1) for _ in range(neurons)], [0])


def test_time_limit() -> None:
    start = time.monotonic()
    norm = hard().seminorm(time_limit=0.5)
    assert time.monotonic() - start < 5
    assert norm.value is None and norm.lower < norm.upper
    assert bool(relucert.verify(norm)) or norm.certificate is None
    with pytest.raises(relucert.LimitError):
        Arrangement([[i**j for j in range(9)] for i in range(1, 60)]).regions(time_limit=0.1, threads=1)


def test_other_threads_run_meanwhile() -> None:
    """A call holds no lock: this thread counts while another one is at work."""
    network, done = hard(), threading.Event()

    def work() -> None:
        network.seminorm(time_limit=1)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    longest, last = 0.0, time.monotonic()
    while not done.is_set():
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    thread.join()
    assert longest < 0.5


def test_two_threads_work_at_once() -> None:
    """Two searches of a second each take together hardly more than one."""
    network = hard()
    threads = [threading.Thread(target=network.seminorm, kwargs={"time_limit": 2}) for _ in range(2)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - start < 3.9


def test_progress() -> None:
    told: list[str] = []
    many = Arrangement([[numbers.randint(-99, 99) for _ in range(12)] for numbers in [random.Random(6)] for _ in range(60)])
    with pytest.raises(relucert.LimitError):
        many.count(time_limit=2, progress=told.append)
    assert told and all(isinstance(text, str) for text in told)

    def stop(text: str) -> None:
        raise KeyError(text)

    with pytest.raises(KeyError):
        many.count(time_limit=60, progress=stop)


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_interrupt() -> None:
    code = """
        import signal, sys, time
        # What runs in the background may have been started with interrupts ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.path.insert(0, {tests!r})
        from test_work import hard
        network = hard()
        print("ready", flush=True)
        start = time.monotonic()
        try:
            network.seminorm()
        except KeyboardInterrupt:
            print("interrupted", time.monotonic() - start, flush=True)
    """
    code = textwrap.dedent(code).format(tests=os.path.dirname(__file__))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    word, seconds = output.split()
    assert word == "interrupted" and float(seconds) < 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_after_a_fork() -> None:
    network = hard(10, 3)
    expected = network.seminorm().upper
    child = os.fork()
    if child == 0:
        os._exit(0 if network.seminorm(time_limit=30).upper == expected else 1)
    _, status = os.waitpid(child, 0)
    assert status == 0


def test_a_stream_can_be_left() -> None:
    arrangement = Arrangement([[i**j for j in range(9)] for i in range(1, 60)])
    for _ in range(5):
        stream = arrangement.stream()
        assert next(stream).signs
        del stream
    assert len(list(arrangement.stream(limit=7))) == 7
