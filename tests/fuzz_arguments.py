"""Bad arguments for every public function: each gets a clear error, none is taken, none hangs.

The whole takes some minutes and is run by hand; a seeded sample is in ``test_fuzz_arguments.py``:

    python tests/fuzz_arguments.py              # counts, and the first faults of each kind
    python tests/fuzz_arguments.py simulate     # one function or method
"""

import decimal
import inspect
import math
import os
import signal
import sys
from collections import Counter
from functools import cache
from types import ModuleType

import numpy as np

import bonelab as bl

SECONDS = 20  # after which a call hangs

# What is right for no argument of any function, by a short name.
NEVER = {
    "complex": 1 + 2j,
    "nan": math.nan,
    "minus infinity": -math.inf,
    "huge int": 10**400,
    "bytes": b"60",
    "object": object(),
    "class": int,
    "function": len,
    "a drug, uncalled": bl.denosumab,
    "lambda": lambda: 3,
    "module": math,
    "ellipsis": ...,
    "gibberish": "gibberish !?",
    "empty text": "",
    "blank text": " ",
    "two numbers": "60 mg 4",
    "formula": "2*3 nM",
    "ambiguous": "1,000",
    "huge text": "1e400",
    "fraction": "½",
    "code": "__import__('os')",
    "unit only": "mg",
    "cancels": "3 g/g",
    "complex array": np.array([1 + 2j]),
    "text array": np.array(["a", "b"]),
    "NaN array": np.array([1.0, math.nan]),
    "ragged": [[1], [2, 3]],
    "list of None": [None],
    "mixed list": ["a", 1],
    "set": {1, 2},
    "dict": {"a": 1},
    "date": np.datetime64("2020-01-01"),
    "timedelta": np.timedelta64(5, "D"),
    "decimal NaN": decimal.Decimal("NaN"),
    "exception": ValueError("x"),
}
# Right for some: for True and False where a flag is wanted, for lists where several are taken.
SOMETIMES = {
    "True": True,
    "numpy True": np.bool_(True),
    "None": None,
    "list": [1, 2],
    "array": np.array([1.0, 2.0]),
    "negative": -1e9,
    "infinity": math.inf,
    "large": 1e12,
    "word": "three",
    "half": 0.5,
    "empty generator": (x for x in ()),
}


def _flag(value):
    return isinstance(value, bool | np.bool_)


def may_be_taken(kind, name, value, default):
    """Whether an argument of this kind may take a value of ``SOMETIMES`` (``NEVER``: never)."""
    from bonelab import parameters as p

    if name == "empty generator":
        return not isinstance(kind, p.Flag | p.Whole | p.Quantity | p.Choice | p.Made)
    if name == "None":
        return default is None or getattr(kind, "reads_none", False)
    if isinstance(kind, p.Flag):
        return _flag(value)
    if isinstance(kind, p.Whole):
        number = {"three": 3}.get(value) if isinstance(value, str) else value
        plain = np.ndim(value) == 0 and not _flag(value) and not isinstance(value, list)
        return bool(plain and kind.low <= number <= kind.high and number == int(number))
    if isinstance(kind, p.Quantity):
        if isinstance(value, str) or _flag(value):
            return False
        if np.ndim(value) and not kind.many:
            return False
        if math.inf in np.atleast_1d(value):
            return not kind.finite
        numbers = np.asarray(value)
        return bool(np.all(numbers >= kind.low) and np.all(numbers <= kind.high))
    if isinstance(kind, p.Choice | p.Made | p.ParameterSet):
        return False
    return None  # looked at one by one: ``TAKEN``


# (function, argument) -> names of values that a kind of its own rightly takes.
LISTS = {"list", "array", "half", "negative", "large", "infinity"}
TAKEN = {
    ("published.lemaire2004", "*"): {"list", "array", "half", "large", "negative"},
    ("published.pivonka2008", "*"): {"list", "array", "half"},
    ("published.komarova2003", "*"): {"list", "array", "half"},
    ("beyond_bone.partition_scan", "partitions"): {"half", "None"},
    ("beyond_bone.partition_scan", "half_lives"): {"half", "list", "array"},
    ("Trial.power", "women"): {"list", "array", "word"},
    ("denosumab", "missed"): {"list", "array", "word", "None"},
    ("parameters.amount", "value"): {"half", "large"},
    ("parameters.duration", "value"): {"half", "large"},
    ("published.pulse", "rate"): {"half", "negative"},
    ("draw.curve", "log"): {"True", "numpy True"},
    ("draw.curve", "x"): {"list", "array"},
    ("draw.curve", "y"): {"list", "array"},
    ("draw.curve", "xlabel"): {"word"},
    ("draw.curve", "ylabel"): {"word"},
    ("draw.curve", "title"): {"word"},
}
TAKEN |= {
    (f"{noun}.{name}", "time"): {"half"}
    for noun, names in {
        "Run": ("at",), "CohortRun": ("at", "table"), "Comparison": ("summary", "table"),
        "Trial": ("bootstrap", "measured", "table"), "reverse": ("western_blot",),
        "draw": ("immune_response", "remodelling_unit", "forward_pathway", "reverse_pathway"),
    }.items() for name in names
}  # fmt: skip


EVEN_SO = {("beyond_bone.partition_scan", "half_lives", "set")}  # a set of two half-lives


@cache
def made():
    """One of each thing whose methods are tried; small, so that a call costs little."""
    run = bl.simulate(bl.woman(65), bl.denosumab(), years=0.25, points=5)
    cohort = bl.cohort(4, seed=3)
    trial = bl.trial({"placebo": [], "drug": bl.denosumab()}, n=4, years=0.5)
    return {
        "Run": run,
        "Subject": bl.woman(65),
        "Treatment": bl.denosumab(),
        "Cohort": cohort,
        "CohortRun": cohort.simulate(years=0.25),
        "Trial": trial,
        "MysteryPatient": bl.mystery_patient(seed=7),
        "Regulators": bl.regulators,
        "Regulator": bl.regulators["IL-1"],
        "Comparison": bl.compare({"a": run, "b": run}),
        "PublishedTrial": bl.trials["FREEDOM"],
        "Parameters": bl.parameters.load("forward"),
    }


# What has to be given, or keeps a call short.
GIVEN = {
    "trial": {"arms": {"placebo": [], "drug": bl.denosumab()}, "n": 2, "years": 0.25},
    "simulate": {"years": 0.25, "points": 5},
    "Cohort.simulate": {"years": 0.25},
    "forward.culture": {"days": 0.5, "points": 5},
    "reverse.culture": {"days": 0.5, "points": 5},
    "reverse.dose_response": {"doses": [0.1, 1.0]},
    "reverse.at_distance": {"distance": [1.0, 10.0]},
    "reverse.western_blot": {
        "runs": {"a": bl.reverse.culture(days=0.5, points=5)},
        "time": "1 h",
    },
    "forward.steady_state": {"occupancy": 0.5},
    "forward.half_life": {"occupancy": 0.5},
    "peers.inject": {"days": 100},
    "peers.same_injection": {"days": 100},
    "compare": {"runs": {"a": bl.forward.culture(days=0.5), "b": bl.forward.culture(days=0.4)}},
    "Trial.bootstrap": {"resamples": 20},
    "Trial.power": {"women": [4], "repeats": 20},
    "Run.at": {"time": 1.0},
    "CohortRun.at": {"time": 1.0, "name": "CTX"},
    "CohortRun.quantiles": {"name": "CTX"},
    "CohortRun.run": {"i": 0, "points": 5},
    "CohortRun.first": {"n": 2},
    "Cohort.subject": {"i": 0},
    "Trial.smaller": {"women": 2},
    "MysteryPatient.order": {"test": "CTX"},
    "MysteryPatient.predict": {"case": "no treatment, BMD hip at 60 months", "value": 90},
    "Regulators.combine": {"names": ["IL-1"]},
    "Subject.with_disease": {"name": "Paget's disease"},
    "Subject.with_regulator": {"name": "IL-1"},
    "Treatment.within": {"end": 100.0},
    "parameters.load": {"room": "forward"},
    "parameters.records": {"room": "forward"},
    "parameters.cite": {"key": "ikebuchi2018"},
    "parameters.amount": {"value": 1, "unit": "nM", "argument": "x"},
    "parameters.duration": {"value": 1},
    "published.pulse": {"rate": 1000},
    "draw.forward_pathway": {"run": bl.forward.culture(days=0.5, points=5)},
    "draw.reverse_pathway": {"run": bl.reverse.culture(days=0.5, points=5)},
    "draw.remodelling_unit": {"run": bl.simulate(years=0.25, points=5)},
    "draw.dish": {"run": bl.forward.culture(days=0.5, points=5)},
    "draw.who_holds_rankl": {"mixture": bl.binding.competition()},
    "draw.clusters": {"linked": bl.binding.crosslinking()},
    "draw.western_blot": {
        "bands": bl.reverse.western_blot({"a": bl.reverse.culture(days=0.5, points=5)})
    },
    "draw.immune_response": {"run": bl.beyond_bone.immunity(days=1)},
    "draw.curve": {"x": [1, 2], "y": [1, 2], "xlabel": "x", "ylabel": "y"},
    "draw.models": {"runs": bl.peers.same_injection(days=90)},
    "draw.against_trials": {
        "run": bl.simulate(years=0.25, points=5), "trials": bl.trials["FREEDOM"],
    },
}  # fmt: skip
METHODS = {
    "Run": ("at", "table", "to_csv", "plot", "save"),
    "Subject": ("with_", "with_disease", "with_regulator"),
    "Cohort": ("simulate", "subject"),
    "CohortRun": ("at", "quantiles", "table", "run", "first", "plot"),
    "Trial": ("measured", "table", "bootstrap", "power", "smaller", "again", "p_values"),
    "MysteryPatient": ("order", "predict"),
    "Regulators": ("combine", "table"),
    "Regulator": ("measured_in", "on", "ratio", "summary"),
    "Comparison": ("table", "summary", "plot"),
    "PublishedTrial": ("points", "standing"),
    "Parameters": ("record",),
}
PARAMETERS = ("load", "records", "cite", "amount", "duration")
ROOMS = ("binding", "forward", "reverse", "beyond_bone", "published", "peers", "draw")
# Words of developers, a file, a window, an axis: no arguments of an experiment.
NOT_TRIED = {"ax", "path", "argument", "unit", "what", "molar_mass", "body_weight", "low", "high",
             "above", "many", "finite"}  # fmt: skip


@cache
def functions():
    """Name -> public function or bound method."""
    found = {}
    for name in bl.__all__:
        value = getattr(bl, name)
        if inspect.isfunction(value):
            found[name] = value
        if name in ROOMS and isinstance(value, ModuleType):
            found |= {
                f"{name}.{inner}": getattr(value, inner)
                for inner in getattr(value, "__all__", dir(value))
                if hasattr(getattr(value, inner), "path") or hasattr(value, "__all__")
                if inspect.isfunction(getattr(value, inner))
            }
    found |= {f"parameters.{name}": getattr(bl.parameters, name) for name in PARAMETERS}
    for noun, names in METHODS.items():
        found |= {f"{noun}.{name}": getattr(made()[noun], name) for name in names}
    return found


def cases():
    """(function, argument, name of the value) of everything that is tried."""
    every = [*NEVER, *SOMETIMES]
    for name, function in functions().items():
        for argument, parameter in inspect.signature(function).parameters.items():
            if argument in NOT_TRIED or parameter.kind is parameter.VAR_KEYWORD:
                continue
            yield from ((name, argument, value) for value in every)
        if not name.startswith(("parameters.", "Parameters.")):  # for those who write code
            yield name, "no_such_argument", "half"


def outcome(name, argument, value_name):
    """ "clear", "raw: error", "taken", "fine" or "hung"."""
    function = functions()[name]
    value = NEVER.get(value_name, SOMETIMES.get(value_name))
    given = dict(GIVEN.get(name, {}))
    places = []
    parameters = inspect.signature(function).parameters
    parameter = parameters.get(argument)
    if parameter is not None and parameter.kind is parameter.VAR_POSITIONAL:
        places = [value]
    else:
        given[argument] = value
    _alarm(SECONDS)
    try:
        function(*places, **given)
    except bl.BonelabError:
        return "clear"
    except TimeoutError:
        return "hung"
    except Exception as error:
        return f"raw: {type(error).__name__}"
    finally:
        _alarm(0)
    kind = getattr(function, "arguments", {}).get(argument)
    if value_name in NEVER:
        words = isinstance(kind, bl.parameters.Text) and isinstance(value, str)
        return "fine" if words or (name, argument, value_name) in EVEN_SO else "taken"
    default = parameter.default if parameter is not None else ...
    allowed = may_be_taken(kind, value_name, value, default) if kind is not None else None
    if allowed is None:
        own = TAKEN.get((name, argument), set()) | TAKEN.get((name, "*"), set())
        allowed = value_name in own or (value_name == "None" and default is None)
    return "fine" if allowed else "taken"


def _time_is_up(*_):
    raise TimeoutError


def _alarm(seconds):
    if hasattr(signal, "alarm"):  # Windows has none: there a hang hangs
        signal.signal(signal.SIGALRM, _time_is_up)
        signal.alarm(seconds)


def main(only=None):
    """Try everything (or one function), print the counts and the faults."""
    counts, faults = Counter(), {}
    only = only and only.removeprefix("bl.")
    for case in cases():
        if only and only not in case[0]:
            continue
        found = outcome(*case)
        kind = found.partition(":")[0]
        counts[kind] += 1
        if kind in ("raw", "taken", "hung"):
            faults.setdefault((found, case[0], case[1]), []).append(case[2])
    for (found, name, argument), values in sorted(faults.items()):
        print(f"{found:24} {name}({argument}=...): {', '.join(values)}")
    print(sum(counts.values()), "arguments tried:", dict(counts))
    if only and not counts:
        print(f"no public function or method has {only!r} in its name")
        return 1
    return counts["raw"] + counts["taken"] + counts["hung"]


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(bool(main(*sys.argv[1:])))
