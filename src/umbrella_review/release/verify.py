"""Whether a release is as it was made, and whether it can be made again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from umbrella_review.build.publish import MANIFEST
from umbrella_review.provenance import file_digest
from umbrella_review.release.again import make_again
from umbrella_review.release.checksums import compare_files, compare_origin
from umbrella_review.release.compare import Comparison, compare
from umbrella_review.release.difference import KINDS, TOLERANCE, Difference
from umbrella_review.release.manifest import Manifest, read_manifest
from umbrella_review.release.sources import is_input

Say = Callable[[str], None]


@dataclass(frozen=True)
class Verification:
    """What was found of a release.

    Parameters
    ----------
    manifest : Manifest
        What it says of itself.
    digest : str
        SHA-256 of the manifest: whoever knows it knows every file of the release.
    differences : tuple of Difference
        All that is not as it was.
    comparison : Comparison, optional
        With the report made again; None where it was not made.
    """

    manifest: Manifest
    digest: str
    differences: tuple[Difference, ...]
    comparison: Comparison | None

    @property
    def executed(self) -> bool:
        """Whether the report was made again."""
        return self.comparison is not None

    @property
    def same_content(self) -> tuple[str, ...]:
        """Files made again with other bytes but the same content."""
        return self.comparison.same_content if self.comparison else ()

    def to_json(self) -> dict[str, object]:
        """Return it for programs."""
        origin = self.manifest.origin
        return {
            "release": origin.release,
            "commit": origin.commit,
            "manifest_sha256": self.digest,
            "executed": self.executed,
            "identical": not self.differences,
            "tolerance": TOLERANCE,
            "differences": [
                {**asdict(one), "meaning": KINDS[one.kind].meaning} for one in self.differences
            ],
            "same_content_other_bytes": list(self.same_content),
        }


def verify(folder: Path, say: Say, *, execute: bool) -> Verification:
    """Compare a release with its manifest, with what runs here, and with itself made again.

    Parameters
    ----------
    folder : Path
        Folder of the release; it is only read.
    say : callable
        Takes lines about what goes on.
    execute : bool
        Whether to make the report again, which runs the notebooks of the release. This is not
        done where its sources or data are not those that were released.

    Returns
    -------
    Verification
        Every difference.

    Raises
    ------
    InputError
        If the folder is no release.
    """
    manifest = read_manifest(folder)
    origin = manifest.origin
    say(f"Checksums of {len(manifest.files)} files")
    files = compare_files(folder, manifest.files)
    say(f"Package ({len(origin.package_files)} files), environment ({len(origin.environment)})")
    found = [*files, *compare_origin(folder, origin)]
    comparison = None
    if execute and any(is_input(one.where) for one in files):
        say("Not executed: sources or data are not those that were released")
    elif execute:
        say("Making the report again from source/ and data/")
        remade, comparison = _compare_again(folder, manifest, say)
        found += remade
    digest = file_digest(folder / MANIFEST) or ""
    return Verification(manifest, digest, tuple(found), comparison)


def _compare_again(
    folder: Path, manifest: Manifest, say: Say
) -> tuple[list[Difference], Comparison | None]:
    with tempfile.TemporaryDirectory(prefix="umbrella-") as place:
        remade = make_again(folder, manifest, Path(place).resolve(), lambda line: say(f"  {line}"))
        if remade.failure:
            return [Difference("failed", remade.failure)], None
        say("Comparing values, tables, figures, sentences, notebooks and pages")
        comparison = compare(folder, manifest, remade.report)
    return list(comparison.differences), comparison
