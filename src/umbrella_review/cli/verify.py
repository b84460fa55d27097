"""``umbrella verify``."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from umbrella_review.release.verify import Verification

_MOST = 40  # lines of one kind on the terminal


@click.command("verify")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--no-execute",
    is_flag=True,
    help="Check files, package and environment alone; no code of the release runs.",
)
@click.option(
    "--json",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write everything that was found here as well.",
)
@click.pass_context
def command(ctx: click.Context, *, folder: Path, no_execute: bool, out: Path | None) -> None:
    """Check the release in FOLDER, wherever it lies, and make it again to compare.

    Every file is held against the manifest, and the package and the environment against those
    that made the release. Then the notebooks run again in a new folder made from the release
    alone, and what comes out is compared: values, tables cell by cell, figures with the data
    behind them, sentences, notebooks and pages. Text and whole numbers must be equal, other
    numbers within 1e-9 of their size. The exit code is 0 where all is identical and 1 where
    anything differs. Notebooks are programs: use --no-execute for a release that you do not trust.
    """
    from umbrella_review.release.verify import verify  # help shall not wait for the build

    found = verify(folder, click.echo, execute=not no_execute)
    if out is not None:
        text = json.dumps(found.to_json(), indent=1, ensure_ascii=False)
        try:
            out.write_text(text + "\n", encoding="utf-8", newline="\n")
        except OSError as error:
            raise click.FileError(str(out), error.strerror or "cannot be written") from error
    _show(found, asked=not no_execute)
    ctx.exit(1 if found.differences else 0)


def _show(found: Verification, *, asked: bool) -> None:
    from umbrella_review.release.difference import KINDS

    origin = found.manifest.origin
    click.echo(f"\nRelease {origin.release}, commit {origin.commit} of {origin.commit_date}")
    click.echo(f"manifest.json  sha256 {found.digest}")
    order = list(KINDS)
    by_kind = sorted(found.differences, key=lambda one: order.index(one.kind))
    for kind, group in groupby(by_kind, key=lambda one: one.kind):
        lines = [str(one) for one in group]
        click.echo(f"\n{KINDS[kind].title}: {len(lines)}")
        click.echo("\n".join(f"  {line}" for line in lines[:_MOST]))
        if len(lines) > _MOST:
            click.echo(f"  … and {len(lines) - _MOST} more: --json FILE lists all")
        click.echo(f"  -> {KINDS[kind].meaning}")
    if found.same_content:
        click.echo("\nOther bytes, the same content within the tolerance:")
        click.echo("\n".join(f"  {name}" for name in found.same_content))
    click.echo(f"\n{_verdict(found, asked=asked)}")


def _verdict(found: Verification, *, asked: bool) -> str:
    compared = f"{found.comparison.n_files} files compared" if found.comparison else "not executed"
    if found.differences:
        count = len(found.differences)
        word = "difference" if count == 1 else "differences"
        return f"{count} {word} ({compared})" if asked else f"{count} {word}"
    if not found.executed:
        return "as released: files, package and environment (not executed)"
    kept = len(found.same_content)
    beside = f"; bytes of {kept} differ, their content does not" if kept else ""
    return f"identical ({compared}{beside})"
