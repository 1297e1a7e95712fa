"""Inhibitors and knock-outs: how much of each step of a pathway is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bonelab.parameters import Kind, amount, listed, one_of, refuse


class BlockedSteps:
    """Base of the ``Blocks`` of each pathway: a frozen set of shares, one per step.

    1 is untouched, 0 blocked or knocked out.
    """

    __slots__ = ()

    @classmethod
    def of(cls, block, argument="block"):
        """From a name, several names, or {name: share that is left}; None is no block.

        Raises BonelabError for a step that is not in the pathway or a share outside 0 to 1.
        """
        if isinstance(block, cls):
            return block
        names = [block] if isinstance(block, str) else () if block is None else block
        if not isinstance(names, Iterable) or isinstance(names, bytes):
            refuse(argument, block, f"it should be one or several of {listed(cls.__slots__)}.")
        left = names if isinstance(names, Mapping) else dict.fromkeys(map(_hashable, names), 0.0)
        shares = {
            one_of(argument, name, cls.__slots__): amount(
                share, "1", argument=f"{argument}[{name!r}]", what="the share left", high=1
            )
            for name, share in left.items()
        }
        return replace(cls(), **shares)

    def reduced(self):
        """The names of the steps that are not whole, in the order of the pathway."""
        return [name for name in self.__slots__ if getattr(self, name) < 1]

    @property
    def code(self):
        """How one gives these blocks to a dish."""
        return repr({name: getattr(self, name) for name in self.reduced()})


def _hashable(name):
    return name if isinstance(name, str) else repr(name)


@dataclass(frozen=True)
class Steps(Kind):
    """Blocked steps of one pathway."""

    blocks: type
    meaning: str
    reads_none = True

    @property
    def expects(self):
        """For the docstring."""
        return f"{', '.join(self.blocks.__slots__)}; one, several, or {{name: share left}}"

    def read(self, name, value):
        """The ``Blocks`` of the pathway."""
        return self.blocks.of(value, name)
