"""``umbrella grade``."""

from __future__ import annotations

from pathlib import Path

import click

from umbrella_review.cli.messages import write_document

METHODS = ("REML", "DL", "hksj", "PM", "ML", "FE")


@click.command("grade")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--profile",
    metavar="NAME or FILE.yml",
    help="ioannidis, grade, metaumbrella-ioannidis, metaumbrella-grade, or a YAML file with "
    "classes and their criteria. By default the profile that review.yml names under grading, "
    "and ioannidis where there is none or outside a project.",
)
@click.option(
    "--method",
    type=click.Choice(METHODS, case_sensitive=False),
    default="REML",
    show_default=True,
    help="Estimator of the variance between studies; hksj is DL with Knapp-Hartung tests.",
)
@click.option(
    "--esb",
    type=click.Choice(("TESSPSST", "TESS", "PSST")),
    default="TESSPSST",
    show_default=True,
    help="Test of excess significance.",
)
@click.option(
    "--true-effect",
    type=click.Choice(("UWLS", "largest")),
    default="UWLS",
    show_default=True,
    help="The effect that the powers of that test suppose.",
)
@click.option(
    "--json",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all results with their trails in full precision here instead of the table.",
)
@click.pass_context
def command(
    ctx: click.Context,
    *,
    file: Path,
    profile: str | None,
    method: str,
    esb: str,
    true_effect: str,
    out: Path | None,
) -> None:
    """Grade the evidence on each factor in a CSV file of primary studies.

    FILE has one row a study under the column names of the R package metaumbrella: factor, author,
    year, measure (SMD, G, MD, SMC, MC, OR, RR, HR, IRR, their logarithms such as logOR, R or Z)
    and either value with se, var, or ci_lo and ci_up, or what the effect is computed from: n_cases
    n_controls with means and standard deviations (before, after, of the change), counts such as
    n_cases_exp n_exp, or person-time. Columns rob, rob1_report or rob2_report, indirectness,
    amstar, multiple_es, r, reverse_es, shared_controls, shared_nexp, analysis and discard are used
    where they are there; other columns are passed over and named. docs/grading.md tells them all.

    A criterion whose input is missing is not assessable, and so is the class where that decides;
    the profiles called metaumbrella assume what that R package assumes. Rows that cannot be used
    are all named, nothing is computed, and the exit code is 2.
    """
    from umbrella_review.grading.document import document_of  # help shall not wait for numpy
    from umbrella_review.grading.factors import Choices, factors_of
    from umbrella_review.grading.profiles import default_profile, find_profile
    from umbrella_review.grading.table import notes_on, read_studies
    from umbrella_review.synthesis.plain import to_json

    rules = find_profile(profile) if profile is not None else default_profile(ctx.obj)
    choices = Choices(method, esb, true_effect)
    table = read_studies(file)
    for line in notes_on(table):
        click.echo(line, err=True)
    document = document_of(factors_of(table, choices), rules, choices)
    if out is None:
        from umbrella_review.cli.grade_table import show

        show(document)
        return
    write_document(out, to_json(document))
    click.echo(f"wrote {out}: {len(document['factors'])} factors")
