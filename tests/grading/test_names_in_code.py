"""Which names a cell binds and takes from outside: the room of a check is made of them."""

import pytest

from bonelab.grading.names_in_code import names_bound, names_read


@pytest.mark.parametrize(
    ("source", "bound", "read"),
    [
        ("a = b + 1", "a", "b"),
        ("a += b", "a", "a b"),
        ("import numpy as np, os.path", "np os", ""),
        ("from math import pi", "pi", ""),
        ("for i in a:\n    b = i", "i b", "a i"),
        ("x = [her for her in women if her > least]", "x", "women least"),
        ("x = [her for her in her]", "x", "her"),
        ("x = {k: v for k, v in pairs for w in k}", "x", "pairs"),
        ("x = sum(i * n for i in range(3))", "x", "sum n range"),
        ("x = [y := i for i in a]", "x y", "a"),
        ("def f(n, *more, k=k0, **rest):\n    m = n + z\n    return m, more, k, rest", "f", "k0 z"),
        ("def f(run):\n    return run.time\nrun = f(1)", "f run", "f"),
        ("def f():\n    global n\n    n = n + 1", "f", "n"),
        ("def f():\n    def g(b):\n        return a + b + c\n    a = 1\n    return g", "f", "c"),
        ("@cache\ndef f(n: int) -> float:\n    return n", "f", "cache int float"),
        ("f = lambda n, k=k0: n + k + z", "f", "k0 z"),
        ("class A(B):\n    x = y", "A", "B y"),
        ("a.b = c", "", "a c"),
        ("this is no code", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_what_a_cell_binds_and_takes(source, bound, read):
    assert names_bound(source) == set(bound.split())
    assert names_read(source) == set(read.split())
