"""Kernels forked from a process in which the package has been imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psutil
import pytest

from umbrella_review.build.forked import CAN_FORK, package_imports
from umbrella_review.build.kernel import _ForkingManager


def test_what_is_imported_beforehand_is_of_this_package():
    cells = ["import os\nfrom umbrella_review import notebook, selection", "from session import x"]
    names = package_imports(cells)
    assert names[:2] == ["umbrella_review.notebook", "umbrella_review.selection"]
    assert not {"os", "session", "session.x"} & set(names)
    assert package_imports(cells[1:]) == []


@pytest.mark.skipif(not CAN_FORK, reason="kernels are not forked here")
def test_a_kernel_ends_when_nobody_waits_for_it(tmp_path):
    job = {
        "imports": ["no.such.module", "colorsys"],
        "folder": str(tmp_path),
        "log": str(tmp_path / "log.txt"),
        "arguments": ["-f", str(tmp_path / "connection.json")],
    }
    nursery = subprocess.Popen(
        [sys.executable, "-m", "umbrella_review.build.nursery"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "IPYTHONDIR": str(tmp_path)},
        bufsize=0,
    )
    nursery.stdin.write(json.dumps(job).encode() + b"\n")
    kernel = psutil.Process(int(nursery.stdout.readline()))
    assert kernel.ppid() == nursery.pid
    nursery.stdin.close()
    assert nursery.stdout.readline() == b"-9\n"
    assert nursery.wait(timeout=20) == 0
    assert not kernel.is_running()


@pytest.mark.skipif(not CAN_FORK, reason="kernels are not forked here")
def test_what_a_kernel_listens_to_cannot_be_taken_by_another_process():
    one, other = _ForkingManager(), _ForkingManager()
    for manager in (one, other):
        manager.connection_file = ""
        manager.write_connection_file()
    told = [manager.get_connection_info() for manager in (one, other)]
    for manager in (one, other):
        manager.cleanup_connection_file()
    assert {info["transport"] for info in told} == {"ipc"}
    assert told[0]["ip"] != told[1]["ip"]
    # A path would be shared by all who can write the folder, and would have to be removed.
    assert all(info["ip"].startswith("@") for info in told)
