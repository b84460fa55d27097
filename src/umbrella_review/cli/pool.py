"""``umbrella pool``."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from umbrella_review.cli.messages import write_document
from umbrella_review.synthesis.options import (
    ALL,
    FURTHER_METHODS,
    FURTHER_TESTS,
    METHODS,
    TESTS,
    Choices,
    Correction,
    Options,
    To,
)

METHOD_WORDS = (*METHODS, *FURTHER_METHODS, ALL)
TEST_WORDS = (*TESTS, *FURTHER_TESTS, ALL)


@click.command("pool")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--measure",
    metavar="MEASURE",
    default="",
    help="What the effects are, e.g. RR, OR, SMD or ZCOR; needed where FILE holds counts or "
    "means instead of effects.",
)
@click.option(
    "--method",
    type=click.Choice(METHOD_WORDS),
    default="REML",
    show_default=True,
    help="Estimator of the variance between studies; all takes FE, DL, HE, HS, HSk, SJ, ML, "
    "REML, EB and PM.",
)
@click.option(
    "--test",
    type=click.Choice(TEST_WORDS),
    default="z",
    show_default=True,
    help="How tests and intervals are made: normal, t, Knapp-Hartung, or Knapp-Hartung never "
    "narrower than normal (adhoc); all takes z, knha and adhoc, and z alone for FE.",
)
@click.option(
    "--correction",
    type=click.Choice(get_args(Correction)),
    default="exact",
    show_default=True,
    help="Small-sample correction of SMD, SMDH, SMCC and SMCR: Hedges' exact factor with gamma "
    "functions, its approximation 1 - 3/(4 df - 1), or none.",
)
@click.option(
    "--add",
    type=float,
    help="What is added to counts of the studies that --to selects; by default 0.5, and 0 for "
    "AS and PFT.",
)
@click.option(
    "--to",
    type=click.Choice(get_args(To)),
    default="only0",
    show_default=True,
    help="Which studies those are: with an empty cell, all, all if any has one, or none.",
)
@click.option(
    "--drop00",
    is_flag=True,
    help="Leave out studies without events, or with nothing but events, in both groups.",
)
@click.option(
    "--vtype",
    default="LS",
    show_default=True,
    metavar="TYPE",
    help="Kind of sampling variance, as in metafor: LS, LS2, UB, AV or HO where a measure has it.",
)
@click.option(
    "--full",
    is_flag=True,
    help="Add intervals of heterogeneity, tests of bias and of excess significance, trim and "
    "fill, refits without each study, cumulative results and influence.",
)
@click.option(
    "--json",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all results in full precision here instead of the table.",
)
def command(
    *,
    file: Path,
    measure: str,
    method: str,
    test: str,
    correction: Correction,
    add: float | None,
    to: To,
    drop00: bool,
    vtype: str,
    full: bool,
    out: Path | None,
) -> None:
    """Pool the studies of each analysis in a CSV file.

    FILE has one row a study, and a column "analysis" that says what the row belongs to. Its
    effect stands in the columns yi and vi (its variance; ratios and their variances on the log
    scale), or is computed by --measure from columns such as ai bi ci di (two-by-two tables),
    m1i sd1i n1i m2i sd2i n2i (means), ri ni (correlations), x1i t1i x2i t2i (rates) or xi ni
    (proportions). Columns ni and year are used where they are there, others passed over; the
    case of their names does not matter. A study without effect or variance is left out and named
    with the reason, and k counts the others. Rows with cells that cannot be used
    are all named, nothing is computed, and the exit code is 2.
    """
    from umbrella_review.synthesis.document import document_of  # help shall not wait for numpy
    from umbrella_review.synthesis.plain import to_json
    from umbrella_review.synthesis.read import read_table
    from umbrella_review.synthesis.run import synthesise

    choices = Choices(correction, vtype.upper(), add, to, drop00)
    table = read_table(file, measure.upper(), choices)
    synthesis = synthesise(table, Options(method, test, full=full))
    for row in synthesis.left_out:
        click.echo(f"left out: {row.place} of {row.analysis} ({row.reason})", err=True)
    if out is None:
        from umbrella_review.cli.pool_table import show

        show(synthesis)
        return
    write_document(out, to_json(document_of(synthesis)))
    click.echo(f"wrote {out}: {len(synthesis.batch.names)} analyses")
