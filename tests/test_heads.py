"""Files as people save them: both commands read them, or name all that is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from umbrella_review.cli import main
from umbrella_review.heads import free_header, near

POOL = "analysis,ai,bi,ci,di"
STUDY = "A,4,119,11,128"
GRADE = "factor,author,year,measure,value,se,n_cases,n_controls"
ROW = "A,Smith,2001,SMD,0.3,0.1,100,100"
MEANS = "m1i,sd1i,n1i,m2i,sd2i,n2i"
ARMS = "mean_cases,sd_cases,mean_controls,sd_controls,n_cases,n_controls"


def run(command: str, folder: Path, content: str | bytes, *options: str) -> Result:
    path = folder / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CliRunner().invoke(main, [command, str(path), *options])


def places(result: Result) -> list[str]:
    """Return where each problem stands; an error of the program itself would show here."""
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 2
    heads, *problems = result.stderr.rstrip().split("\n\n")
    found = [
        problem.splitlines()[0].removeprefix("t.csv").removeprefix(", ") for problem in problems
    ]
    for problem in problems:
        assert [line.split(":")[0].strip() for line in problem.splitlines()[1:4]] == [
            "found",
            "expected",
            "remedy",
        ]
    assert heads == ("1 problem:" if len(found) == 1 else f"{len(found)} problems:")
    return found


# What both commands do with a file of a header and one good row.
@pytest.mark.parametrize(("command", "head", "row"), [("pool", POOL, STUDY), ("grade", GRADE, ROW)])
class TestFiles:
    @pytest.mark.parametrize(
        "form",
        [
            "{head}\n{row}\n",
            "\ufeff{head}\n{row}\n",
            "{head}\r\n{row}\r\n",
            "{head}\r{row}\r",
            "{head}\n{row}",
            "\n{head}\n\n{row}\n\n",
            " {head} \n{row}\n",
            '{head},"notes ""on"" it"\n{row},"first line\nsecond, line"\n',
            "{head},\n{row},9\n",
        ],
    )
    def test_that_can_be_read(self, tmp_path, command, head, row, form):
        options = ["--measure", "RR"] if command == "pool" else []
        result = run(command, tmp_path, form.format(head=head, row=row), *options)
        assert result.exit_code == 0, result.output

    def test_heads_in_another_case_can_be_read(self, tmp_path, command, head, row):
        out = tmp_path / "out.json"
        options = [*(["--measure", "RR"] if command == "pool" else []), "--json", str(out)]
        assert run(command, tmp_path, f"{head}\n{row}\n", *options).exit_code == 0
        expected = json.loads(out.read_text(encoding="utf-8"))
        assert run(command, tmp_path, f"{head.upper()}\n{row}\n", *options).exit_code == 0
        assert json.loads(out.read_text(encoding="utf-8")) == expected

    @pytest.mark.parametrize(
        ("form", "where"),
        [
            ("", [""]),
            ("\n\n", [""]),
            ("{head}\n", [""]),
            ("{head}\n{row},1\n", ["row 2"]),
            ("{head}\n{row}\nA,1\n", ["row 3"]),
            ("{head}\n{row}\n,,,,\n", ["row 3"]),
            ('{head}\n"A"x,1\n', ["row 2"]),
            ('{head}\n"A,1\n', ["row 2"]),
            ("{head}\n{row}," + "1" * 200_000 + "\n", ["row 2"]),
        ],
    )
    def test_that_are_broken(self, tmp_path, command, head, row, *, form, where):
        options = ["--measure", "RR"] if command == "pool" else []
        result = run(command, tmp_path, form.format(head=head, row=row), *options)
        assert places(result) == where

    @pytest.mark.parametrize("mark", [";", "\t", "|"])
    def test_with_other_separators_are_told_in_one_message(
        self, tmp_path, command, head, row, mark
    ):
        content = f"{head}\n{row}\n".replace(".", ";").replace(",", mark)
        result = run(command, tmp_path, content)
        assert places(result) == ["row 1"]
        assert "separated by commas" in result.stderr

    def test_in_other_encodings(self, tmp_path, command, head, row):
        text = f"{head},name\n{row},Müller\n"
        assert places(run(command, tmp_path, text.encode("latin-1"))) == ["row 2"]
        assert places(run(command, tmp_path, text.encode("utf-16"))) == [""]
        assert places(run(command, tmp_path, bytes(range(256)))) == ["row 2"]

    def test_with_a_column_twice(self, tmp_path, command, head, row):
        last = head.rpartition(",")[2]
        options = ["--measure", "RR"] if command == "pool" else []
        result = run(command, tmp_path, f"{head},{last}\n{row},9\n", *options)
        assert places(result) == [f"row 1, column {last}"]


@pytest.mark.parametrize(
    ("measure", "text", "where"),
    [
        ("RR", f"{POOL}\nA,x,1,2,3\nA,1,yes,2,3\n", ["row 2, column ai", "row 3, column bi"]),
        ("RR", f"{POOL}\nA,-1,1,2,3\nA,1,1_0,2,1e400\n",
         ["row 2, column ai", "row 3, column bi", "row 3, column di"]),
        ("SMD", f"analysis,{MEANS}\nA,1,-2,9,1,2,9\nA,1,2,9,1,2,-9\n",
         ["row 2, column sd1i", "row 3, column n2i"]),
        ("OR", "analysis,ai,n1i,ci,n2i\nA,12,10,3,10\nA,3,10,11,10\n",
         ["row 2, column ai", "row 3, column ci"]),
        ("IRR", "analysis,x1i,t1i,x2i,t2i\nA,1,0,2,9\nA,-1,9,2,9\n",
         ["row 2, column t1i", "row 3, column x1i"]),
        ("PR", "analysis,xi,ni\nA,5,4\n", ["row 2, column xi"]),
        ("ZCOR", "analysis,ri,ni\nA,1.5,40\n", ["row 2, column ri"]),
        ("HR", "analysis,est,ci_lb,ci_ub\nA,-1,.5,2\nA,3,.5,2\n",
         ["row 2, column est", "row 2, column ci_lb", "row 3, column ci_lb"]),
        ("GEN", 'analysis,yi,vi\nA,"0,5",1\nA,−1,1\nA,5%,1\nA,inf,1\nA,1,0\n,1,1\nNA,1,1\n',
         ["row 2, column yi", "row 3, column yi", "row 4, column yi", "row 5, column yi",
          "row 6, column vi", "row 7, column analysis", "row 8, column analysis"]),
        ("RR", "analysis,ai,bi,ci\nA,1,2,3\n", ["row 1"]),
        ("RR", "study,ai,bi,ci,di\nA,1,2,3,4\n", ["row 1"]),
        ("RR", f'{POOL},note\nA,1,2,3,4,"a\nb"\nA,x,2,3,4,\n', ["row 3 (line 4), column ai"]),
    ],
)  # fmt: skip
def test_bad_rows_of_pool(tmp_path, measure, text, where):
    assert places(run("pool", tmp_path, text, "--measure", measure)) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"{GRADE}\nA,S,1,SMD,abc,.1,ten,9\nA,T,1,SMD,.3,-.1,9,1_0\n",
         ["row 2, column value", "row 2, column n_cases",
          "row 3, column se", "row 3, column n_controls"]),
        (f"factor,author,measure,{ARMS}\nA,S,SMD,1,-2,1,2,9,9\nA,T,SMD,1,2,1,2,9,-9\n",
         ["row 2, column sd_cases", "row 3, column n_controls"]),
        ("factor,author,measure,n_cases_exp,n_exp,n_cases_nexp,n_nexp\nA,S,RR,12,10,3,10\n",
         ["row 2, column n_cases_exp"]),
        (f'{GRADE}\nA,S,1,SMD,"0,3",.1,9,9\nA,T,1,SMD,inf,.1,9,9\nA,U,1,SMD,30%,0,9,9\n',
         ["row 2, column value", "row 3, column value", "row 4, column value",
          "row 4, column se"]),
        (f"{GRADE}\n,S,1,SMD,.3,.1,9,9\nA,,1,XX,.3,.1,9,9\n",
         ["row 2, column factor", "row 3, column author", "row 3, column measure"]),
        ("factor,writer,value,se\nA,S,1,1\n", ["row 1", "row 1"]),
        (f"{GRADE}\nA,S,1,OR,,,9,9\n", ["row 2"]),
    ],
)  # fmt: skip
def test_bad_rows_of_grade(tmp_path, text, where):
    assert places(run("grade", tmp_path, text)) == where


def test_a_head_that_stands_there_in_both_cases_is_left_alone():
    names, findings = free_header(["yi", "YI", " vi ", "Study"], "t.csv", {"yi", "vi", "study"})
    assert names == ("yi", "YI", "vi", "study")
    assert not findings


def test_the_nearest_known_head():
    assert near("N_case", {"n_cases", "value"}) == "n_cases"
    assert not near("remark", {"n_cases", "value"})
