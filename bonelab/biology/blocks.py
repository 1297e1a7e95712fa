"""Inhibitors and knock-outs: how much of each step of a pathway is left."""

from dataclasses import replace

from bonelab.parameters import amount, one_of


class BlockedSteps:
    """Base of the ``Blocks`` of each pathway: a frozen set of shares, one per step.

    1 is untouched, 0 blocked or knocked out.
    """

    __slots__ = ()

    @classmethod
    def of(cls, block):
        """From a name, several names, or {name: share that is left}.

        Raises BonelabError for a step that is not in the pathway or a share outside 0 to 1.
        """
        if isinstance(block, cls):
            return block
        names = [block] if isinstance(block, str) else block
        left = dict(names) if isinstance(names, dict) else dict.fromkeys(names, 0.0)
        for name, share in left.items():
            one_of("block", name, cls.__slots__)
            left[name] = amount(share, "1", argument=f"block[{name!r}]", what="a share", high=1)
        return replace(cls(), **left)

    def reduced(self):
        """The names of the steps that are not whole, in the order of the pathway."""
        return [name for name in self.__slots__ if getattr(self, name) < 1]
