"""The machine is described without naming it."""

import platform
from pathlib import Path

from benchmarks.machine import machine


def test_the_description_counts_cores_and_names_versions() -> None:
    described = machine()
    assert described.cores >= 1
    assert described.ortools in described.sentence()
    assert described.python == platform.python_version()


def test_the_description_names_no_host_and_no_path() -> None:
    sentence = machine().sentence()
    assert not platform.node() or platform.node() not in sentence
    assert str(Path.cwd()) not in sentence
