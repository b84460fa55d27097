"""What the build reads from a notebook without running it."""

from __future__ import annotations

import json

import pytest

from umbrella_review.build.plan import make_plan
from umbrella_review.build.source import read_notebook
from umbrella_review.errors import InputError, ParameterError
from umbrella_review.parameters import Given
from umbrella_review.review import Review

NAME = "02_second"


def read(tiny, old="", new=""):
    if old:
        tiny.replace(NAME, old, new)
    source, problems = read_notebook(tiny.notebook(NAME), tiny.root)
    return source, [str(problem) for problem in problems]


def test_tables_results_parameters_and_files_are_found(tiny):
    source, problems = read(
        tiny,
        '(findings,) = session.load("findings")',
        'a, b = session.load("reviews", "findings")\nc = session.results("01_first")\n'
        'd = open("data/findings.csv")\ne = other.load("nothing")',
    )
    assert not problems
    assert source.tables == ("findings", "reviews")
    assert source.results == ("01_first",)
    assert source.files == ("data/findings.csv",)
    assert source.parameters == {"outcome_domains": [], "factor": 1}
    assert not source.outline
    assert [cell.label for cell in source.cells] == ["title", "parameters", "load", "tbl-second"]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("session.load(name)", "`session.load(name)` does not name what it reads"),
        ("session.load(*names)", "does not name what it reads"),
        ("session.load()", "does not name what it reads"),
        ('session.load("a" + "b")', "does not name what it reads"),
    ],
)
def test_a_computed_name_is_refused(tiny, new, told):
    _, problems = read(tiny, 'session.load("findings")', new)
    assert len(problems) == 1
    assert told in problems[0]
    assert "notebooks/02_second.ipynb, cell load" in problems[0]


def test_commands_of_ipython_and_wrong_names_are_refused(tiny):
    _, problems = read(tiny, "n = len", "%matplotlib\nn = len")
    assert "cell tbl-second: line 2 is not Python" in problems[0]
    _, problems = read(tiny, 'start("02_second")', 'start("elsewhere")')
    assert any('Expected `start("02_second")`' in problem for problem in problems)


def test_reading_the_outline_of_the_manuscript_is_seen(tiny):
    source, problems = read(
        tiny,
        '(findings,) = session.load("findings")',
        '(findings,) = session.load("findings")\nplaces = session.outline()',
    )
    assert not problems
    assert source.outline


@pytest.mark.parametrize(
    ("tags", "told"),
    [([], "no code cell tagged"), ([1, 2], "2 code cells tagged")],
)
def test_there_is_one_parameters_cell(tiny, tags, told):
    def tag(content):
        for place, cell in enumerate(content["cells"]):
            cell["metadata"] = {"tags": ["parameters"]} if place in tags else {}

    tiny.edit(NAME, tag)
    _, problems = read(tiny)
    assert told in problems[0]
    assert "notebooks/02_second.ipynb" in problems[0]


@pytest.mark.parametrize("line", ["x = len('a')", "import os", "x = {'a': 1}", "x, y = 1, 2"])
def test_defaults_are_literals(tiny, line):
    _, problems = read(tiny, "factor = 1", line)
    assert "cell parameters" in problems[0]
    assert "line 2" in problems[0]


def test_a_file_that_is_no_notebook(tiny):
    tiny.notebook(NAME).write_text("[]")
    source, problems = read(tiny)
    assert source is None
    assert "cannot be read" in problems[0]


def test_outputs_do_not_belong_to_the_identity_but_tags_do(tiny):
    before = read(tiny)[0].identity

    def execute(content):
        content["cells"][3] |= {"outputs": [1], "execution_count": 3}
        content["metadata"] = {"x": 1}

    tiny.edit(NAME, execute)
    tiny.notebook(NAME).write_text(
        json.dumps(json.loads(tiny.notebook(NAME).read_text()), indent=3)
    )
    assert read(tiny)[0].identity == before
    tiny.edit(NAME, lambda content: content["cells"][3]["metadata"].update(tags=["new"]))
    assert read(tiny)[0].identity != before


def plan(tiny, *given):
    return make_plan(tiny.project, Review.read(tiny.project.review_file), given)


def test_missing_tables_and_later_notebooks_are_told_together(tiny):
    tiny.replace("01_first", '"reviews"', '"estimates"')
    tiny.replace(
        NAME, 'session.load("findings")', '[session.results("03_third"), session.results("x")]'
    )
    with pytest.raises(InputError) as caught:
        plan(tiny, Given("nothing", "1", "-P nothing=1"))
    told = str(caught.value)
    assert "it loads the table 'estimates', but data/estimates.csv does not exist" in told
    assert "There are: findings, reviews." in told
    assert "it reads the results of '03_third', which is no earlier notebook" in told
    assert "it reads the results of 'x'" in told
    assert "-P nothing=1" in told
    assert not isinstance(caught.value, ParameterError)


def test_a_project_without_notebooks(tiny):
    for path in (tiny.root / "notebooks").iterdir():
        path.unlink()
    with pytest.raises(InputError, match="there is no notebook"):
        plan(tiny)


def test_only_what_differs_from_the_default_overrides(tiny):
    planned = plan(tiny, Given("factor", "1", "-P"), Given("outcome_domains", "clinical", "-P"))
    assert planned[1].overrides == {"outcome_domains": ["clinical"]}
    assert planned[1].parameters == {"outcome_domains": ["clinical"], "factor": 1}
