"""``umbrella bundle``."""

from __future__ import annotations

from pathlib import Path

import click

from umbrella_review.cli.group import project_of


@click.command("bundle")
@click.argument("report", metavar="[VERSION or FOLDER]", default="")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The archive; by default build/<title>-<version>.zip, with -draft for the draft.",
)
@click.pass_context
def command(ctx: click.Context, *, report: str, out: Path | None) -> None:
    """Pack a release, or the draft, into one zip archive for a journal's editor.

    VERSION is one that was released; FOLDER is a release anywhere. Without either the draft is
    packed. The archive holds the report in all its formats, the article as a MECA package, data
    with codebook, notebooks, figures, checklists, the locked environment, the package,
    CITATION.cff, LICENSE, codecheck.yml, RO-Crate metadata, checksums and a README. The same
    report gives the same bytes. A report of which a file was changed is refused. A release holds
    no Word document and no JATS article: the report is made again from it, as `umbrella verify`
    does, which takes a minute or two.
    """
    from umbrella_review.bundle.assemble import make_bundle  # help shall not wait for it
    from umbrella_review.bundle.material import find_report, refuse_inside
    from umbrella_review.provenance import digest

    project = project_of(ctx)
    bundle = make_bundle(project, lambda line: click.echo(f"  {line}", err=True), report)
    target = out or project.build / bundle.name
    refuse_inside(target, find_report(project, report))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(bundle.content)
    except OSError as error:
        raise click.FileError(str(target), error.strerror or "cannot be written") from error
    size = len(bundle.content) / 1e6
    click.echo(f"{target}  {bundle.n_files} files  {size:.1f} MB")
    click.echo(f"sha256 {digest(bundle.content)}")
    if not bundle.has_software:
        click.echo(
            "The package is left out: it is not the one that made the release, or was not "
            "installed from its sources.",
            err=True,
        )
