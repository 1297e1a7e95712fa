"""Lab 9, the mystery patient: a budget of tests, and a prediction to be scored afterwards."""

from bonelab.figures.chart_picture import ChartPicture

from .controls import Control
from .factory import Lab

SWITCHES = {
    "blood": ("Blood: CTX and P1NP (10 points)", ("CTX", "P1NP")),
    "biopsy": ("Bone biopsy: RANKL and OPG (30)", ("bone biopsy",)),
    "challenge": ("Denosumab challenge: CTX (35)", ("denosumab challenge",)),
    "level": ("Denosumab level in blood (25)", ("denosumab level",)),
}


def _ordered(values):
    """Tests in the order of the switches; the results depend on nothing else."""
    return [test for name, (_, tests) in SWITCHES.items() if values[name] for test in tests]


def _lines(patient, **switches):
    return (
        "import bonelab as bl\n\n"
        f"patient = bl.mystery_patient({patient})\n"
        f"for test in {_ordered(switches)!r}:\n"
        "    patient.order(test)\n"
        "rows = [tuple(row) for row in patient.results.itertuples(index=False)]\n"
        'run = {"results": rows, "left": patient.left, "budget": patient.budget, '
        '"who": patient.summary()}'
    )


def mystery_patient(patient=7):
    """Order tests for the patient with this number; then predict in the cell below."""
    tooltip = "Each test costs points and carries a measurement error."
    return Lab(
        title="Mystery patient",
        question="What is special about her, and what would denosumab do?",
        controls=[
            Control.from_parameter("protocol", "patient", default=patient, scale="linear", step=1),
            *(
                Control.switch(name, words, tooltip=tooltip)
                for name, (words, _) in SWITCHES.items()
            ),
        ],
        lines=_lines,
        picture=ChartPicture,
        sentence=lambda result, values: result["who"],
    )
