"""Three models of bone remodelling by others, exactly as published, with their errata told.

Equations only; the experiments on them are in ``bonelab/simulation/published/``.
"""
