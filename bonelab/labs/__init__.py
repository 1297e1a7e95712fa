"""The labs of the course, one per lesson: ``bl.labs.culture_dish()`` shows one.

``LABS`` is the one registry: name -> "module:function", in the order of the lessons. The author
of a lab adds a line here; tests and benchmarks find it by that.
"""

import sys
from importlib import import_module
from types import ModuleType

from bonelab.parameters.errors import no_name

LABS = {
    "remodelling_cycle": "bonelab.labs.remodelling_cycle:remodelling_cycle",
    "culture_dish": "bonelab.labs.culture_dish:culture_dish",
    "decoy_bench": "bonelab.labs.decoy_bench:decoy_bench",
    "mixing_desk": "bonelab.labs.mixing_desk:mixing_desk",
    "disease_desk": "bonelab.labs.disease_desk:disease_desk",
    "vesicle_bench": "bonelab.labs.vesicle_bench:vesicle_bench",
    "coupling": "bonelab.labs.coupling:coupling",
    "vesicle_way": "bonelab.labs.vesicle_way:vesicle_way",
    "clinic": "bonelab.labs.clinic:clinic",
    "antibody_designer": "bonelab.labs.antibody_designer:antibody_designer",
    "elsewhere": "bonelab.labs.elsewhere:elsewhere",
    "virtual_trial": "bonelab.labs.virtual_trial:virtual_trial",
    "mystery_patient": "bonelab.labs.mystery_patient:mystery_patient",
}

__all__ = [*LABS, "LABS", "sweep"]


def __getattr__(name):
    if name == "sweep":
        return import_module("bonelab.labs.sweeping").sweep
    if name not in LABS:
        raise no_name("bl.labs", name, LABS)
    import_module(LABS[name].partition(":")[0])
    return globals()[name]


def __dir__():
    return __all__


class _Labs(ModuleType):
    """A lab's module and function have one name; ``bl.labs.<name>`` is always the function."""

    def __setattr__(self, name, value):  # called when Python has imported a lab's module
        if name in LABS and isinstance(value, ModuleType):
            value = getattr(value, LABS[name].partition(":")[2])
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Labs
