"""What somebody adds who follows CONTRIBUTING: one thing for each recipe, in a copy of the tree.

Each function takes the root of the copy and does what the recipe says, as small as it can be done.
"""

import json
import re
from pathlib import Path

import lesson_runs

from bonelab.grading.fingerprints import seal

NUMBER = lesson_runs.LAST + 1  # of the lesson that is added
NAME = f"{NUMBER:02d}_added"

PARAMETER = """
[added_time]
symbol = "tau_added"
value = 2
unit = "hour"
low = 1
high = 4
meaning = "time that a recipe added"
source = "Chosen for this test"
status = "assumed"
"""

REGULATOR = """
["added hormone"]
claim = ""
kind = "hormone"
words = "a hormone that a recipe added"
["added hormone".effect.human]
RANKL = 2.0
OPG = 0.5
status = "assumed"
basis = "chosen for this test"
[["added hormone".evidence]]
target = "RANKL"
direction = "up"
species = "human"
system = "none: a test"
ref = "hofbauer1999dex"
seen = false
[["added hormone".evidence]]
target = "OPG"
direction = "down"
species = "human"
system = "none: a test"
ref = "hofbauer1999dex"
seen = false
"""

GENOTYPE = """
["added mouse"]
changes = { RANKL = 0.25 }
words = "a quarter of the RANKL"
refs = ["kong1999"]
"""

DISEASE = """
["added disease"]
changes = { extra_RANKL = 0.05 }
words = "a little more RANKL"
site = "local"
refs = ["udagawa2002"]
"""

TRIAL = """
["Added trial"]
words = "women after menopause on denosumab 60 mg, half a year"
age = 70
treatments = [{ drug = "denosumab", dose = "60 mg", every = "6 months", doses = 1 }]

["Added trial".series.CTX]
months = [1, 6]
percent = [15, 30]
refs = ["eastell2011"]
seen = false
source = "illustrative value"
"""

DRUG_NUMBER = """
[added_drug_followed]
symbol = "t_added"
value = 3
unit = "year"
low = 1
high = 10
meaning = "how long women have been followed on a drug that a recipe added"
source = "Chosen for this test"
status = "assumed"
"""

DRUG = '''

@door("bl.added_drug", **_COURSE)
def added_drug(*, start: Amount = 0, stop: Amount = None) -> Treatment:
    """A drug that a recipe added; it acts as calcium and vitamin D do.

    Examples
    --------
    >>> bl.added_drug()
    <Treatment: added_drug>
    """
    make = partial(make_plain, Supplements, "added_drug")
    return _daily("added_drug", start, stop, make)
'''

FIGURE = '''"""The picture of the added lab: the dish at its end, and one panel."""

from .dish import Dish
from .dish_picture import dish_values
from .panels import Panel
from .side_by_side import SideBySide


class AddedPicture(SideBySide):
    """The dish at the end, and how NFATc1 came about."""

    scene = Dish
    xlabel, xlim = "days", (0, 7)
    panels = (Panel("NFATc1", ("NFATc1",), "model units", (0, 4)),)

    def scene_values(self, result):
        """The dish on the last day."""
        return dish_values(result)
'''

LAB = '''"""The added lab: a dish of which only the days can be changed."""

from bonelab.figures.added_picture import AddedPicture

from .controls import Control
from .factory import Lab
from .lines import call


def _lines(days):
    return f"run = {call('bl.forward.culture', days=days)}"


def added_lab():
    """Osteoclast precursors in a dish: days."""
    return Lab(
        title="Added lab",
        question="How long does it take to make an osteoclast?",
        controls=[Control.from_parameter("protocol", "dish_days", name="days", step=1)],
        lines=_lines,
        picture=AddedPicture,
    )
'''


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def parameter(root):
    append(root / "bonelab/parameters/tables/forward.toml", PARAMETER)


def regulator(root):
    append(root / "bonelab/parameters/tables/regulators.toml", REGULATOR)
    # Worked: 2/0.5 = 4; L_T = 0.4, O_T = 0.2: L = 0.2467, 0.2467 + 0.0110 + 0.1423 = 0.400
    worked = 'WORKED = {\n    ("added hormone", "human"): (4.0, 0.5522),\n'
    replace(root / "tests/test_regulation.py", "WORKED = {\n", worked)


def genotype(root):
    append(root / "bonelab/parameters/conditions/genotypes.toml", GENOTYPE)
    # Worked: L_T = 0.05, O_T = 0.4: L = 0.0106, 0.0106 + 0.0010 + 0.0384 = 0.050; 0.0106/0.2106
    worked = 'MICE = {\n    "added mouse": 0.0504,\n'
    replace(root / "tests/test_conditions.py", "MICE = {\n", worked)


def disease(root):
    append(root / "bonelab/parameters/conditions/diseases.toml", DISEASE)
    # Worked: L_T = 0.25, O_T = 0.4: L = 0.0742, 0.0742 + 0.0054 + 0.1704 = 0.250; 0.0742/0.2742
    worked = 'OCCUPIED = {\n    "added disease": 0.2706,\n'
    replace(root / "tests/test_conditions.py", "OCCUPIED = {\n", worked)


def trial(root):
    append(root / "bonelab/parameters/trials.toml", TRIAL)


def drug(root):
    append(root / "bonelab/parameters/tables/drugs.toml", DRUG_NUMBER)
    daily = root / "bonelab/biology/daily_treatments.py"
    append(daily, DRUG)
    replace(daily, "__all__ = [", '__all__ = ["added_drug", ')
    roof = root / "bonelab/biology/treatments.py"
    replace(roof, "    alendronate,\n", "    added_drug,\n    alendronate,\n")
    replace(roof, '    "alendronate",\n', '    "added_drug",\n    "alendronate",\n')
    exports = '    "rapamycin": "bonelab.biology.treatments:rapamycin",\n'
    seen = "    from bonelab.biology.treatments import rapamycin as rapamycin\n"
    for line in (exports, seen):
        added = line.replace("rapamycin", "added_drug")
        replace(root / "bonelab/__init__.py", line, line + added)
    kept = root / "tests/arguments.json"
    told = json.loads(kept.read_text(encoding="utf-8"))
    told["bl.added_drug"] = told["bl.calcium_and_vitamin_d"]  # start and stop, as there
    kept.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def figure(root):
    (root / "bonelab/figures/added_picture.py").write_text(FIGURE, encoding="utf-8")


def lab(root):
    (root / "bonelab/labs/added_lab.py").write_text(LAB, encoding="utf-8")
    line = '    "added_lab": "bonelab.labs.added_lab:added_lab",\n'
    replace(root / "bonelab/labs/__init__.py", "LABS = {\n", "LABS = {\n" + line)


def lesson(root):
    """The second lesson again, under the next number."""
    old = lesson_runs.NAMES[1]
    text = (root / f"lessons/{old}.ipynb").read_text(encoding="utf-8")
    text = renumbered(text).replace(f"lessons/{old}", f"lessons/{NAME}").replace(old, NAME)
    (root / f"lessons/{NAME}.ipynb").write_text(text, encoding="utf-8")
    questions = root / "bonelab/course/questions"
    text = (questions / "lesson_1.toml").read_text(encoding="utf-8")
    (questions / f"lesson_{NUMBER}.toml").write_text(renumbered(text), encoding="utf-8")
    page = (root / "docs/teaching/lesson-1.md").read_text(encoding="utf-8")
    (root / f"docs/teaching/lesson-{NUMBER}.md").write_text(renumbered(page), encoding="utf-8")
    overview = root / "docs/teaching.md"
    row = re.search(r"^\| 1 \| .*\n", overview.read_text(encoding="utf-8"), re.M)[0]
    last = re.search(rf"^\| {NUMBER - 1} \| .*\n", overview.read_text(encoding="utf-8"), re.M)[0]
    row = row.replace("| 1 |", f"| {NUMBER} |").replace("lesson-1.md", f"lesson-{NUMBER}.md")
    replace(overview, last, last + row)
    readme = root / "README.md"
    last = re.search(rf"^\| {NUMBER - 1} \| .*\n", readme.read_text(encoding="utf-8"), re.M)[0]
    replace(readme, last, f"{last}| {NUMBER} | Added | One more? |\n")
    before, after = (lesson_runs.count_in_words(lessons) for lessons in (NUMBER, NUMBER + 1))
    for page in lesson_runs.COUNTING:
        replace(root / page, before, after)
    before = root / f"lessons/{lesson_runs.NAMES[NUMBER - 1]}.ipynb"
    replace(before, "**Exercise:**", f"Lesson {NUMBER}: *one more*.\\n**Exercise:**")


def renumbered(text):
    """``1.2`` becomes ``11.2`` where it names a question or an objective, and so on."""
    text = re.sub(r"(?<![\d.])1\.([1-9])(?=[\\\"*):,;. ])(?! ?%|\.\d)", rf"{NUMBER}.\1", text)
    text = re.sub(r"\b([Ll])esson 1\b", rf"\1esson {NUMBER}", text)
    text = re.sub(r"\bLesson 2\b", f"Lesson {NUMBER + 1}", text)
    return text.replace('"lesson": 1,', f'"lesson": {NUMBER},')


def exercise(root):
    """The second set again, under the next number."""
    old = lesson_runs.NAMES[1]
    text = (root / f"solutions/set_{old}.ipynb").read_text(encoding="utf-8").replace(old, NAME)
    text = re.sub(r"(answer|check|essay|q|text)-1([_-])", rf"\1-{NUMBER}\2", text)
    text = re.sub(r'marks\.check\(\\"1\.', rf'marks.check(\\"{NUMBER}.', text)
    text = renumbered(re.sub(r"## 1\.(\d)", rf"## {NUMBER}.\1", text))
    text = re.sub(r"sealed:\w+", lambda sealed: sealed_again(sealed[0], text), text)
    json.loads(text)
    (root / f"solutions/set_{NAME}.ipynb").write_text(text, encoding="utf-8")
    proofs = (root / f"solutions/proofs/set_{old}.toml").read_text(encoding="utf-8")
    proofs = re.sub(r'question = "1\.', f'question = "{NUMBER}.', proofs)
    (root / f"solutions/proofs/set_{NAME}.toml").write_text(proofs, encoding="utf-8")


def sealed_again(sealed, text):
    """The seal of the same answer (one of the words of ``text``) under the new number."""
    words = set(re.findall(r'\\"([^"\\]+)\\"', text))
    [(question, word)] = {
        (question, word)
        for question in re.findall(rf'marks\.check\(\\"{NUMBER}(\.\w+)\\"', text)
        for word in words
        if seal(f"1{question}", word) == sealed
    }
    return seal(f"{NUMBER}{question}", word)


RECIPES = (
    parameter, regulator, genotype, disease, drug, trial, figure, lab, lesson, exercise,
)  # fmt: skip
