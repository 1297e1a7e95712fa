"""Attacks: what a student's notebook may try, and the marks that it deserves. Here: forging.

Each entry of ATTACKS is a Handed (see classroom.py). In the code PORT is replaced by the port of a
server that listens while the class is graded, SPY by the word whose appearance in any report is a
leak, and START by the folder to search. ``fair`` is what the answers are worth as answers; the
default is nothing.

What counts as a leak are words that stand nowhere but in what is secret: TOKEN is drawn anew for
each run and planted in the class's solutions, in another student's work and in the gradebook. Words
such as "BEGIN HIDDEN TESTS" prove nothing: nbgrader, where it is installed, has them in its own
examples and documentation among the libraries, which anybody may read.
"""

import json
import secrets

from classroom import NOTHING, Handed, cell_of

CANARY = "canary-7f3a"
TOKEN = f"token-{secrets.token_hex(8)}"
SECRETS = [CANARY, TOKEN, "class key 4711", "31.4159", "2.7183", "root:x:0"]
FIRST = "answer-0_1"


def code(*lines, fair=None, told="", cell=FIRST, edit=None, **more):
    answers = {cell: "\n".join(lines), **more}
    return Handed(answers, {**NOTHING, **(fair or {})}, edit, told=told)


def tell(*lines, **more):
    """Code whose findings go to every place that a report might show."""
    return code(
        "def spy():",
        *["    " + line for line in lines],
        "try:",
        "    loot = str(spy())",
        "except BaseException as error:",
        "    loot = repr(error)",
        f"words = [word[::-1] for word in {[secret[::-1] for secret in SECRETS]!r}]",
        "loot = ' '.join(word for word in words if word in loot) or loot[:200]",
        "taken = direction = loot",
        "curve = [loot]",
        "def occupancy(rankl, kd):",
        "    raise ValueError(loot)",
        "raise RuntimeError(loot)",
        **more,
    )


# ---- forging marks --------------------------------------------------------------------------

FORGE = {
    "patched numpy": code(
        "np.isclose = np.allclose = lambda *a, **k: True",
        "np.testing.assert_allclose = lambda *a, **k: None",
        "taken = 99",
    ),
    "patched builtins": code(
        "import builtins, math",
        "math.isclose = lambda *a, **k: True",
        "builtins.abs = builtins.max = lambda *a: 0",
        "builtins.isinstance = lambda *a: True",
        "builtins.all = builtins.any = lambda *a: True",
        "taken = 99",
    ),
    "patched marks": code(
        "marks.Check.got = property(lambda self: 99)",
        "marks.Check.score = lambda self: 99.0",
        "marks.Check._judge = lambda *a: ('right', '')",
        "import bonelab.grading.check_cell as cell, bonelab.grading.check_tests as tests",
        "cell.run_check = lambda *a, **k: 99",
        "tests.Check.got = 99",
        "marks.check = lambda *a, **k: None",
    ),
    "patched compare": code(
        "from bonelab.grading import comparison as compare",
        "compare.close = compare.same = lambda *a, **k: True",
        "taken = 12345",
    ),
    "rewritten syntax trees": code(
        "import ast, builtins",
        "real = builtins.compile",
        "builtins.compile = lambda source, *a, **k: real('check.got = 99', *a, **k)",
        "ast.parse = lambda *a, **k: None",
    ),
    "objects found by the garbage collector": code(
        "import gc",
        "for thing in gc.get_objects():",
        "    if type(thing).__name__ in ('Check', 'Marker', 'Exercise'):",
        "        thing.got = thing.points = 99",
        "    if isinstance(thing, dict) and 'got' in thing:",
        "        thing['got'] = 99",
    ),
    "equals everything": code(
        "class All:",
        "    def __eq__(self, other): return True",
        "    __le__ = __ge__ = __lt__ = __gt__ = __eq__",
        "    def __float__(self): return 0.75",
        "    def __getattr__(self, name): return self",
        "    def __call__(self, *a, **k): return self",
        "    __hash__ = None",
        "taken = curve = direction = axes = occupancy = All()",
    ),
    "a number that lies": code(
        "class Liar(float):",
        "    __eq__ = __le__ = __ge__ = __lt__ = __gt__ = lambda self, other: True",
        "    __sub__ = __rsub__ = __abs__ = lambda self, *other: 0.0",
        "taken = Liar(99)",
    ),
    "text that equals every option": code(
        "class Any(str):",
        "    __eq__ = lambda self, other: True",
        "    __hash__ = lambda self: hash('falls')",
        "    def lower(self): return 'falls'",
        "    def split(self): return ['falls']",
        "direction = Any('rises')",
        cell="answer-0_3",
    ),
    "an array that lies": code(
        "class Array(np.ndarray):",
        "    def __array_function__(self, *a): return True",
        "    def __array_ufunc__(self, *a, **k): return True",
        "    def tobytes(self, *a): return b''",
        "curve = np.zeros(3).view(Array)",
        cell="answer-0_2",
    ),
    "a replaced library": code(
        "import sys, types",
        "fake = types.ModuleType('bonelab')",
        "fake.marks = fake.course = fake",
        "fake.check = lambda *a, **k: fake",
        "for name in list(sys.modules):",
        "    if name.startswith('bonelab'):",
        "        sys.modules[name] = fake",
    ),
    "answers forged as protocol": code(
        "from bonelab.grading import answer_exchange as answers, plain_data as plain",
        "bomb = {'@expression': '__import__(\"os\")._exit(0)'}",
        "answers.encode = plain.encode = lambda value: bomb",
        "taken = 1",
    ),
    "answers forged as marks": code(
        "from bonelab.grading import answer_exchange as answers",
        "answers.serve = lambda *a: {'value': 7, 'got': 99, 'points': 99, 'outcome': 'right'}",
    ),
    "a pickle": code(
        "class Bomb:",
        "    def __reduce__(self): return (eval, ('__import__(\"os\")._exit(0)',))",
        "taken = Bomb()",
        "curve = np.array([Bomb()], dtype=object)",
    ),
    "names of the check": code(
        "class check:",
        "    def __getattr__(self, name): return lambda *a, **k: 99.0",
        "check = marks = check()",
        "seed = 1",
    ),
    "forged messages on every open file": code(
        "import json, os, struct",
        "for number in range(3, 256):",
        "    for reply in ({'value': 0.75}, {'value': True, 'got': 99}, {'missing': False}):",
        "        text = json.dumps({**reply, 'number': '0' * 16}).encode()",
        "        try:",
        "            os.write(number, struct.pack('>Q', len(text)) + text)",
        "        except OSError:",
        "            pass",
        told="nobody asked for",
    ),
    "a flood of forged messages": code(
        "import os",
        "for number in range(3, 256):",
        "    try:",
        "        os.set_blocking(number, False)",
        "        for _ in range(1000):",
        "            os.write(number, b'\\xff' * 100_000)",
        "    except OSError:",
        "        pass",
        told="too much at once",
    ),
    "a forged message that nests": code(
        "import os, struct",
        "text = b'[' * 200_000",
        "for number in range(3, 256):",
        "    try:",
        "        os.write(number, struct.pack('>Q', len(text)) + text)",
        "    except OSError:",
        "        pass",
        told="unreadable",
    ),
    "a forged number without end": code(
        "import os, struct",
        "text = b'{\"value\": ' + b'9' * 150_000 + b'}'",
        "for number in range(3, 256):",
        "    try:",
        "        os.write(number, struct.pack('>Q', len(text)) + text)",
        "    except OSError:",
        "        pass",
        told="unreadable",
    ),
    "the frame of the caller": code(
        "def occupancy(rankl, kd):",
        "    import sys",
        "    frame = sys._getframe()",
        "    while frame:",
        "        frame.f_locals.update(got=99, expected=99, target=99)",
        "        for name in ('check', 'marks'):",
        "            frame.f_globals[name] = None",
        "        frame = frame.f_back",
        "    return 99",
        cell="answer-0_2",
    ),
    "shadowing modules": code(
        "import os, sys",
        "for name in ('numpy', 'bonelab', 'json', 'math', 'sitecustomize'):",
        "    open(f'/tmp/{name}.py', 'w').write('raise SystemExit')",
        "sys.path.insert(0, '/tmp')",
        "taken = 99",
    ),
    "writing into the library": code(
        "import bonelab.grading.check_tests as m, os, numpy",
        "for path in (m.__file__, numpy.__file__, os.__file__):",
        "    try:",
        "        os.chmod(path, 0o777)",
        "    except OSError:",
        "        pass",
        "    open(path, 'a').write('\\nraise SystemExit\\n')",
        told="",
    ),
}


def _edited(notebook):
    check = cell_of(notebook, "check-0_1")
    check["source"] = "2.0"
    check["metadata"]["nbgrader"]["points"] = 100
    cell_of(notebook, "check-0_2")["source"] = (
        'check = marks.check("0.2", points=4)\n'
        'check.holds("doses", lambda x: True, "x", points=4)\n'
        "check.score()"
    )


def _duplicated(notebook):
    cells = notebook["cells"]
    for number in range(5):
        twin = json.loads(json.dumps(cell_of(notebook, "check-0_1")))
        twin["id"] = f"twin-{number}"
        twin["source"] = 'check = marks.check("0.1", points=2)\n99.0'
        twin["metadata"]["nbgrader"]["points"] = 1000
        cells.insert(number, twin)


def _swapped(notebook):
    answer, check = cell_of(notebook, "answer-0_1"), cell_of(notebook, "check-0_1")
    answer["metadata"], check["metadata"] = check["metadata"], answer["metadata"]
    answer["source"] = "taken = 99"


def _forged_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            output = {"output_type": "execute_result", "metadata": {}, "execution_count": 1}
            cell["outputs"] = [output | {"data": {"text/plain": "99.0"}}]


def _odd_metadata(notebook):
    for number, cell in enumerate(notebook["cells"]):
        odd = [None, [], {"grade_id": ["x"]}, {"grade_id": {"a": 1}}, "text", 7]
        cell["metadata"]["nbgrader"] = odd[number % len(odd)]


def _changed_given(notebook):
    cell_of(notebook, "given-setup")["source"] += (
        "\nnp.allclose = lambda *a, **k: True\ndoses = np.array([1.0])\nmarks = None"
    )


FORGE |= {
    "edited check cells": Handed(edit=_edited, told="the original was used"),
    "duplicated check cells": Handed(edit=_duplicated, told="occurs 6 times"),
    "answer and check swapped": Handed(edit=_swapped),
    "outputs that claim marks": Handed(edit=_forged_outputs),
    "metadata of all wrong kinds": Handed(edit=_odd_metadata),
    "a changed setup cell": Handed(edit=_changed_given, told="given-setup was changed"),
}
