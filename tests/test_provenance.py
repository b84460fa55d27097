"""Digests and versions."""

from __future__ import annotations

import platform
from importlib.metadata import version

from umbrella_review.provenance import environment, file_digest, folder_digest


def test_versions_come_from_the_lock(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "numpy==0.0.1 \\\n    --hash=sha256:aa\nPyYAML==1\nnot-installed==3\n# scipy==1\n"
    )
    assert environment(lock) == {
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "pyyaml": version("pyyaml"),
        "umbrella-review": version("umbrella-review"),
    }


def test_without_a_lock_they_are_what_the_package_needs(tmp_path):
    versions = environment(tmp_path / "none")
    assert versions["pandas"] == version("pandas")
    assert versions["pyzmq"] == version("pyzmq")  # needed by what is needed
    assert "pytest" not in versions


def test_times_do_not_change_a_digest(tmp_path):
    (tmp_path / "a").write_text("1")
    before = folder_digest(tmp_path)
    (tmp_path / "a").write_text("1")
    assert folder_digest(tmp_path) == before
    assert file_digest(tmp_path / "none") is None
    assert folder_digest(tmp_path / "none") is None
