"""bonelab: learn bone biology by simulating it.

Public names, in the order of the course. Nothing heavy is loaded before it is used:
``import bonelab`` alone imports neither numpy nor matplotlib nor ipywidgets.
"""

from importlib import import_module

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

__all__ = ["__version__", *_EXPORTS]


def __getattr__(name):
    if name not in _EXPORTS:
        raise AttributeError(f"bonelab has no name {name!r}. It has: {', '.join(_EXPORTS)}")
    module, _, attribute = _EXPORTS[name].partition(":")
    value = import_module(module)
    if attribute:
        value = getattr(value, attribute)
    globals()[name] = value
    return value


def __dir__():
    return sorted(__all__)
