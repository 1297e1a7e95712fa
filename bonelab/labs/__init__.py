"""The labs of the course, one per lesson: ``bl.labs.culture_dish()`` shows one.

``LABS`` is the one registry: name -> "module:function", in the order of the lessons. The author
of a lab adds a line here; tests and benchmarks find it by that.
"""

from importlib import import_module

LABS = {
    "remodelling_cycle": "bonelab.labs.remodelling_cycle:remodelling_cycle",
    "culture_dish": "bonelab.labs.culture_dish:culture_dish",
    "decoy_bench": "bonelab.labs.decoy_bench:decoy_bench",
}


def __getattr__(name):
    if name == "sweep":
        return import_module("bonelab.labs.sweeping").sweep
    if name not in LABS:
        raise AttributeError(f"bonelab.labs has no lab {name!r}. It has: {', '.join(LABS)}")
    module, _, function = LABS[name].partition(":")
    return getattr(import_module(module), function)


def __dir__():
    return [*LABS, "LABS"]
