"""The picture of the clinic: markers and density over years, with published means as marks."""

from bonelab.biology.trials import trials
from bonelab.parameters import DAYS_PER_MONTH

from .panels import Curves, Panel, Points

MONTHS = 48
TRIALS = ("FREEDOM", "DATA denosumab")  # laid over the curves
OPEN = "open symbols: trials of denosumab 60 mg, FREEDOM and DATA; P1NP: DATA alone"


def _points(endpoint):
    """Published means under denosumab 60 mg twice a year, as points of a panel; none recalled."""
    found = []
    for name in TRIALS:
        trial = trials[name]
        if endpoint in trial.endpoints and trial.standing(endpoint) == "published":
            found += [(m, y) for m, y in zip(*trial.points(endpoint), strict=True) if m <= MONTHS]
    return (Points(endpoint, *zip(*sorted(found), strict=True), OPEN),)


class ClinicPicture(Curves):
    """Markers and bone over four years, with the published means under denosumab 60 mg."""

    size = (9.4, 4.1)
    xlabel, xlim = "months", (0, MONTHS)
    columns = 2

    def __init__(self, result):
        self.panels = (
            Panel("CTX: removal of bone", ("CTX",), "% of start", (0, 260), "linear",
                  _points("CTX")),
            Panel("P1NP: building of bone", ("P1NP",), "% of start", (0, 320), "linear",
                  _points("P1NP")),
            Panel("Bone mineral density, hip", ("BMD hip",), "% of start", (94, 120), "linear",
                  _points("BMD hip")),
            Panel("Bone mineral density, spine", ("BMD spine",), "% of start", (90, 140), "linear",
                  _points("BMD spine")),
        )  # fmt: skip
        super().__init__(result)

    def build(self, result):
        """The panels, with a tick for every year, and one line that names months and trials."""
        super().build(result)
        for panel in self.line_panels:
            panel.axes.set(xticks=range(0, MONTHS + 1, 12), xlabel="")
            panel.axes.get_legend().remove()
        self.figure.supxlabel(f"months     ({OPEN})", fontsize=11.5)

    def curve(self, result, name):
        """Months of the run on the axis."""
        return result.time / DAYS_PER_MONTH, result[name]

    def alt(self, result):
        """The curves, and whose points lie beside them."""
        return f"{super().alt(result)} Beside the curves, {OPEN}."
