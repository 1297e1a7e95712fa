"""Experiments beyond bone: small models, labelled small; only directions are claimed.

The equations are in ``bonelab/biology/beyond_bone/``.
"""

from .calcium import artery, calcium_balance, mammary_gland
from .fever import fever
from .immune import dendritic_cells, immunity
from .vesicles import (
    VesicleSizes,
    partition_scan,
    vesicle_release,
    vesicle_sizes,
    vesicle_transport,
)

__all__ = [
    "VesicleSizes",
    "artery",
    "calcium_balance",
    "dendritic_cells",
    "fever",
    "immunity",
    "mammary_gland",
    "partition_scan",
    "vesicle_release",
    "vesicle_sizes",
    "vesicle_transport",
]
