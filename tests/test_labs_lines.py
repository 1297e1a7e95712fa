"""The lines of a lab: calls as one writes them."""

import pytest

from bonelab.labs.lines import Code, call, execute


def test_a_call_is_spelled_as_one_writes_it():
    assert call("bl.woman", 65, age="a") == 'bl.woman(65, age="a")'
    assert call("f", 2.0, x=0.05, y=1e-9) == "f(2, x=0.05, y=1e-09)"
    inner = Code(call("bl.denosumab", "60 mg"))
    assert call("bl.simulate", inner, [inner], years=4) == (
        'bl.simulate(bl.denosumab("60 mg"), [bl.denosumab("60 mg")], years=4)'
    )


def test_each_kind_of_value_as_one_writes_it():
    assert call("f", 3.0, 0.25, "5 mg", Code("run")) == 'f(3, 0.25, "5 mg", run)'
    assert call("f", [Code("a"), "b"], every=2, missed=(3,)) == 'f([a, "b"], every=2, missed=(3,))'
    assert call("f", 'says "no"') == "f('says \"no\"')"
    assert call("f", True, None) == "f(True, None)"
    assert call("f") == "f()"


def test_lines_are_executed_apart():
    names = execute("a = 2\nb = a * 3", "test")
    assert (names["a"], names["b"]) == (2, 6)
    with pytest.raises(ZeroDivisionError) as fault:
        execute("a = 1 / 0", "a lab")
    assert "<code of a lab>" in str(fault.traceback[-1].path)
