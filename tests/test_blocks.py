"""Blocked steps: one, several, or by the share that is left."""

import pytest

import bonelab as bl
from bonelab.biology.blocks import Steps
from bonelab.biology.forward_signalling import Blocks


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ((), {}), (None, {}), ("Akt", {"Akt": 0}), (["Akt", "JNK"], {"Akt": 0, "JNK": 0}),
        ({"Akt": 0.25}, {"Akt": 0.25}), ({"Akt": "25 %"}, {"Akt": 0.25}), ("akt", {"Akt": 0}),
        ({"Akt": 1}, {}),
    ],
)  # fmt: skip
def test_what_is_left_of_each_step(given, left):
    blocks = Blocks.of(given)
    assert {name: getattr(blocks, name) for name in blocks.reduced()} == left
    assert all(getattr(blocks, name) == 1 for name in set(blocks.__slots__) - set(left))
    assert eval(blocks.code) == left
    assert Blocks.of(blocks) is blocks


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("Act", "Did you mean 'Akt'"), (3, "one or several of"), (b"Akt", "one or several of"),
        ({"Akt": 1.5}, r"block\['Akt'\] = 1.5 is too high"), ({"Akt": -0.1}, "too low"),
        ([["Akt"]], "is not known"),
    ],
)  # fmt: skip
def test_what_is_no_step_or_no_share_is_refused(given, words):
    with pytest.raises(bl.BonelabError, match=words):
        Blocks.of(given)


def test_the_names_come_in_the_order_of_the_pathway():
    names = list(Blocks.__slots__)
    assert Blocks.of(names[::-1]).reduced() == names


def test_the_words_of_a_share_and_of_what_may_be_given():
    with pytest.raises(bl.BonelabError, match="too high: the share left must be 1 or less"):
        Blocks.of({"Akt": 1.5})
    assert Steps(Blocks, "steps").expects == (
        ", ".join(Blocks.__slots__) + "; one, several, or {name: share left}"
    )
