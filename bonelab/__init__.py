"""bonelab: learn bone biology by simulating it.

Public names, in the order of the course. Nothing heavy is loaded before it is used:
``import bonelab`` alone imports neither numpy nor matplotlib nor ipywidgets.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# name -> "module" (the module itself) or "module:attribute"
_EXPORTS = {
    "binding": "bonelab.biology.binding",
    "forward": "bonelab.simulation.forward",
    "reverse": "bonelab.simulation.reverse",
    "regulators": "bonelab.biology.regulation:regulators",
    "woman": "bonelab.biology.subjects:woman",
    "mouse": "bonelab.biology.subjects:mouse",
    "diseases": "bonelab.biology.subjects:diseases",
    "genotypes": "bonelab.biology.subjects:genotypes",
    "denosumab": "bonelab.biology.treatments:denosumab",
    "opg_fc": "bonelab.biology.treatments:opg_fc",
    "reverse_agonist": "bonelab.biology.treatments:reverse_agonist",
    "teriparatide": "bonelab.biology.treatments:teriparatide",
    "zoledronate": "bonelab.biology.treatments:zoledronate",
    "alendronate": "bonelab.biology.treatments:alendronate",
    "romosozumab": "bonelab.biology.treatments:romosozumab",
    "calcium_and_vitamin_d": "bonelab.biology.treatments:calcium_and_vitamin_d",
    "rapamycin": "bonelab.biology.treatments:rapamycin",
    "simulate": "bonelab.simulation.tissue:simulate",
    "prediction_bands": "bonelab.simulation.ensemble:prediction_bands",
    "cohort": "bonelab.simulation.cohort:cohort",
    "trial": "bonelab.simulation.trial:trial",
    "mystery_patient": "bonelab.simulation.mystery:mystery_patient",
    "compare": "bonelab.simulation.compare:compare",
    "trials": "bonelab.biology.published_trials:trials",
    "beyond_bone": "bonelab.simulation.beyond_bone",
    "published": "bonelab.simulation.published",
    "peers": "bonelab.simulation.peers",
    "draw": "bonelab.figures.drawings",
    "labs": "bonelab.labs",
    "check": "bonelab.course.asking.checks:check",
    "predict": "bonelab.course.asking.checks:predict",
    "reveal": "bonelab.course.asking.reveal:reveal",
    "primer": "bonelab.course.primer:primer",
    "Run": "bonelab.simulation:Run",
    "BonelabError": "bonelab.parameters:BonelabError",
    "parameters": "bonelab.parameters",
    "sources": "bonelab.parameters:sources",
    "glossary": "bonelab.course.glossary:glossary",
}

# What editors and type checkers see of them; a test compares it with the names above.
if TYPE_CHECKING:
    from bonelab import labs as labs
    from bonelab import parameters as parameters
    from bonelab.biology import binding as binding
    from bonelab.biology.published_trials import trials as trials
    from bonelab.biology.regulation import regulators as regulators
    from bonelab.biology.subjects import diseases as diseases
    from bonelab.biology.subjects import genotypes as genotypes
    from bonelab.biology.subjects import mouse as mouse
    from bonelab.biology.subjects import woman as woman
    from bonelab.biology.treatments import alendronate as alendronate
    from bonelab.biology.treatments import calcium_and_vitamin_d as calcium_and_vitamin_d
    from bonelab.biology.treatments import denosumab as denosumab
    from bonelab.biology.treatments import opg_fc as opg_fc
    from bonelab.biology.treatments import rapamycin as rapamycin
    from bonelab.biology.treatments import reverse_agonist as reverse_agonist
    from bonelab.biology.treatments import romosozumab as romosozumab
    from bonelab.biology.treatments import teriparatide as teriparatide
    from bonelab.biology.treatments import zoledronate as zoledronate
    from bonelab.course.asking.checks import check as check
    from bonelab.course.asking.checks import predict as predict
    from bonelab.course.asking.reveal import reveal as reveal
    from bonelab.course.glossary import glossary as glossary
    from bonelab.course.primer import primer as primer
    from bonelab.figures import drawings as draw  # noqa: F401
    from bonelab.parameters import BonelabError as BonelabError
    from bonelab.parameters import sources as sources
    from bonelab.simulation import Run as Run
    from bonelab.simulation import beyond_bone as beyond_bone
    from bonelab.simulation import forward as forward
    from bonelab.simulation import peers as peers
    from bonelab.simulation import published as published
    from bonelab.simulation import reverse as reverse
    from bonelab.simulation.cohort import cohort as cohort
    from bonelab.simulation.compare import compare as compare
    from bonelab.simulation.ensemble import prediction_bands as prediction_bands
    from bonelab.simulation.mystery import mystery_patient as mystery_patient
    from bonelab.simulation.tissue import simulate as simulate
    from bonelab.simulation.trial import trial as trial

__all__ = ["__version__", *_EXPORTS]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise _no_name("bonelab", name, _EXPORTS)
    module, _, attribute = _EXPORTS[name].partition(":")
    value = import_module(module)
    if attribute:
        value = getattr(value, attribute)
    else:  # bl.forward: a slip in bl.forward.culture gets the same answer as one in bl.forward
        vars(value).setdefault("__getattr__", lambda slip: _in_module(f"bl.{name}", slip, value))
    globals()[name] = value
    return value


def _in_module(called: str, name: str, module: Any) -> None:
    raise _no_name(called, name, getattr(module, "__all__", ()))


def _no_name(called: str, name: str, names: Any) -> AttributeError:
    from .parameters.errors import no_name  # loaded when it is needed

    return no_name(called, name, names)


def __dir__() -> list[str]:
    return sorted(__all__)
