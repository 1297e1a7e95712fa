"""Command line: ``python3 -m bonelab.calibration --processes 2 --report report.md`` is the fit;
``python3 -m bonelab.calibration ensemble --write`` makes what prediction bands are drawn from, and
``python3 -m bonelab.calibration edges`` tells how near each band stands to an edge.
"""

import argparse
import sys
from pathlib import Path

from bonelab.parameters import BonelabError, load

from .edges import edges
from .experiments import numbers
from .fit import fit
from .members import MEMBERS, SEED, members, write_members, write_sizes
from .problem import Problem, following
from .report import edges_in_markdown, write_report
from .tables import read_values, write_tables, write_values
from .trials import TABLE, read_arms

EVALUATIONS = 400


def main(argv=None):
    """Do what the first word asks for: ensemble, edges, or the fit. Returns the exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    others = {"ensemble": (_ensemble, _ensemble_parser), "edges": (_edges, _edges_parser)}
    work, parser = others.get(next(iter(words), None), (_fit, _parser))
    options = parser().parse_args(words if work is _fit else words[1:])
    try:
        work(options)
    except (BonelabError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _fit(options):
    """Fit, report and, where asked, write the parameter tables."""
    problem = Problem(read_arms(options.table), spread=options.spread)
    table = problem.table_values()
    result = fit(
        problem,
        table if options.start == "table" else None,
        evaluations=options.evaluations,
        report=_progress,
        workers=options.processes,
    )
    print(file=sys.stderr)
    words = " ".join(["python3 -m bonelab.calibration", *_shown(options)])
    text = write_report(result, table, options.report, command=words)
    if options.report is None:
        print(text)
    if options.values:
        print(f"wrote {write_values(result, options.values)}", file=sys.stderr)
    if options.write:
        for path in write_tables(result):
            print(f"wrote {path}", file=sys.stderr)


def _edges(options):
    """How near each band stands to an edge, with the values of the tables or of a file."""
    values = following(read_values(options.values)) if options.values else {}
    print("\n\n".join(edges_in_markdown(edges(numbers(values)))))


def _ensemble(options):
    """Parameter sets around the values of the tables and, where asked, how far trials lie apart."""
    problem = Problem(read_arms(options.table))
    result = fit(problem, problem.table_values(), evaluations=0, workers=options.processes)
    drawn = members(result, options.members, options.seed, report=_member)
    print(file=sys.stderr)
    written = (
        [write_members(drawn), write_sizes(result)]
        if options.write
        else [write_members(drawn, Path(options.out))]
    )
    for path in written:
        print(f"wrote {path}", file=sys.stderr)


def _parser():
    parser = argparse.ArgumentParser(
        prog="python3 -m bonelab.calibration",
        description="Fit the tissue model to published trial means.",
    )
    parser.add_argument(
        "table",
        nargs="?",
        default=TABLE,
        help="trial means as TOML, by default those of the package (calibration/trial_means.toml)",
    )
    parser.add_argument("--report", "--out", metavar="FILE.md", help="write the report there")
    parser.add_argument("--write", action="store_true", help="write values into the tables")
    parser.add_argument("--values", metavar="FILE.toml", help="write the fitted values there")
    parser.add_argument(
        "--start",
        choices=("beliefs", "table"),
        default="beliefs",
        help="start from the beliefs beforehand (from scratch) or from the parameter tables",
    )
    parser.add_argument(
        "--spread",
        type=float,
        default=0.0,
        help="standard deviation of log antibody clearance between women; 0, one typical woman per "
        f"arm, by default (the cohort's table says {load('cohort').antibody_clearance:g})",
    )
    parser.add_argument(
        "--evaluations", type=int, default=EVALUATIONS, help="most steps of the fit"
    )
    parser.add_argument("--processes", type=int, default=1, help="processes that share the work")
    return parser


def _ensemble_parser():
    parser = argparse.ArgumentParser(
        prog="python3 -m bonelab.calibration ensemble",
        description="Make the parameter sets that prediction bands are drawn from: each is fitted "
        "to published means that scatter anew, from the values of the parameter tables.",
    )
    parser.add_argument("table", nargs="?", default=TABLE, help="trial means as TOML")
    parser.add_argument("--out", metavar="FILE.csv", default="ensemble.csv", help="written there")
    parser.add_argument(
        "--write",
        action="store_true",
        help="write them into the package, and how far trials that are left out lie from the model",
    )
    parser.add_argument("--members", type=int, default=MEMBERS, help="how many parameter sets")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random numbers")
    parser.add_argument("--processes", type=int, default=1, help="processes for the derivatives")
    return parser


def _edges_parser():
    parser = argparse.ArgumentParser(
        prog="python3 -m bonelab.calibration edges",
        description="Tell how near what the model says stands to the edges of every band.",
    )
    parser.add_argument(
        "values", nargs="?", metavar="FILE.toml", help="fitted values (--values), or the tables'"
    )
    return parser


def _shown(options):
    if options.table != TABLE:
        yield "TABLE.toml"
    yield f"--start {options.start} --spread {options.spread:g} --processes {options.processes}"
    if options.evaluations != EVALUATIONS:
        yield f"--evaluations {options.evaluations}"


def _progress(count, cost):
    print(f"\revaluation {count}: cost {cost:.2f} ", end="", file=sys.stderr, flush=True)


def _member(count):
    print(f"\rmember {count} ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
