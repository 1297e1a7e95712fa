"""Command line: ``python3 -m bonelab.calibration --processes 2 --report report.md``."""

import argparse
import sys

from bonelab.parameters import BonelabError, load

from .fit import fit
from .problem import Problem
from .report import write_report
from .tables import write_tables
from .trials import TABLE, read_arms

EVALUATIONS = 400


def main(argv=None):
    """Fit, report and, where asked, write the parameter tables. Returns the exit code."""
    options = _parser().parse_args(argv)
    try:
        problem = Problem(read_arms(options.table), spread=options.spread)
        table = problem.table_values()
        start = table if options.start == "table" else problem.beliefs()
        result = fit(
            problem,
            start,
            evaluations=options.evaluations,
            report=_progress,
            workers=options.processes,
        )
        print(file=sys.stderr)
        words = " ".join(["python3 -m bonelab.calibration", *_shown(options)])
        text = write_report(result, table, options.report, command=words)
        if options.report is None:
            print(text)
        if options.write:
            for path in write_tables(result):
                print(f"wrote {path}", file=sys.stderr)
    except (BonelabError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


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


def _shown(options):
    if options.table != TABLE:
        yield "TABLE.toml"
    yield f"--start {options.start} --spread {options.spread:g} --processes {options.processes}"
    if options.evaluations != EVALUATIONS:
        yield f"--evaluations {options.evaluations}"


def _progress(count, cost):
    print(f"\revaluation {count}: cost {cost:.2f} ", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
