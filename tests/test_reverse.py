"""The reverse dish as an experiment: what is in it when nothing is said, and what it gives back."""

import inspect

import numpy as np
import pytest

import bonelab as bl
from bonelab.parameters import load
from bonelab.simulation import reverse

P = load("reverse")


def test_the_dish_when_nothing_is_said():
    left_out = {
        name: given.default
        for name, given in inspect.signature(bl.reverse.culture).parameters.items()
        if given.default not in (0, None, ())
    }
    assert left_out == {
        "vesicles": "0.01 nM", "valence": 10, "rankl": "wild type", "days": 21, "dose": "0.02 nM",
        "points": 241,
    }  # fmt: skip
    run = bl.reverse.culture()
    assert (run.time_unit, run.time[-1]) == ("hour", 21 * 24)
    assert run.kind == "reverse dish"
    assert run.subject == "osteoblasts in a dish"
    assert run.units == dict.fromkeys(("Runx2", "Col1a1", "Sp7", "mineral"), "fold")


def test_mineral_begins_late_and_then_follows_its_square():
    """Untreated cells: 0 until its start, then mineral_rate an hour; the fold is over those."""
    rest = bl.reverse.culture(vesicles=0, days=21)
    before, after = rest.time <= P.mineral_start, rest.time > P.mineral_start
    assert before.any()
    assert rest["mineral"][before].max() == 0
    grown = P.mineral_rate * (rest.time - P.mineral_start)
    assert rest["mineral"][after] == pytest.approx(grown[after], rel=1e-3)
    assert rest.facts["mineral fold"] == pytest.approx(1, rel=1e-4)
    early = bl.reverse.culture(days=P.mineral_start / 24)
    assert "mineral fold" not in early.facts


def test_folds_are_over_untreated_cells():
    """Akt and mTORC1 over their basal level; genes are folds already."""
    run = bl.reverse.culture(days=5)
    assert run.facts["Akt fold"] == pytest.approx(run.final["Akt"] / P.basal)
    assert run.facts["mTORC1 fold"] == pytest.approx(run.final["mTORC1"] / P.basal)
    for gene in ("Runx2", "Col1a1", "Sp7"):
        assert run.facts[f"{gene} fold"] == run.final[gene]
    assert run.facts["tail"] == 1
    assert bl.reverse.culture(rankl="P29A", days=1).facts["tail"] == P.tail_P29A


def test_a_dish_that_cannot_be_solved_is_named(monkeypatch):
    def solve(*args, what, **options):
        raise RuntimeError(what)

    monkeypatch.setattr(reverse, "solve", solve)
    with pytest.raises(RuntimeError, match=r"^the dish with 20 nM rapamycin$"):
        bl.reverse.culture(vesicles=0, rapamycin=20, days=1)


def test_an_agent_is_dosed_and_the_other_is_not():
    """Vesicles are dosed beside no antibody; an antibody beside as many vesicles as are named."""
    doses = [0.001, 0.01]
    plain = bl.reverse.dose_response(doses)
    assert plain.dose.tolist() == doses
    assert plain.Runx2 == pytest.approx(
        [bl.reverse.dose_response([dose], "vesicles").Runx2[0] for dose in doses]
    )
    alone = bl.reverse.dose_response(doses, "antibody")
    beside = bl.reverse.dose_response(doses, "antibody", vesicles="0.01 nM")
    assert np.all(beside.clustered > alone.clustered)
    for name in ("clustered", "Akt", "mTORC1", "Runx2", "Col1a1", "Sp7"):
        assert getattr(plain, name).shape == (2,), name
    assert plain.Col1a1 == pytest.approx(plain.Runx2**P.Col1a1_power)
    assert plain.Sp7 == pytest.approx(plain.Runx2)


def answer(runx2, distance=None):
    """A response whose numbers can be seen at once."""
    runx2 = np.array(runx2, float)
    return reverse.Response(
        np.array([0.001, 0.0123456, 1.0]), np.array([0.1, 0.456, 0.2]),
        runx2, runx2, runx2, runx2, runx2, distance,
    )  # fmt: skip


def test_the_sentence_tells_where_the_answer_is_largest():
    assert answer([1.2, 2.071, 1.3]).summary() == (
        "Runx2 is highest at 0.0123 nM: 2.07 times that of untreated cells, with 46% of RANKL in "
        "clusters."
    )
    far = answer([1.2, 2.071, 1.3], np.array([0.0, 50.0, 100.0]))
    assert far.summary().startswith("Runx2 is highest at 50 µm: 2.07 times")
    nowhere = "Runx2 does not rise anywhere: nothing is signalled in reverse."
    assert answer([1, 1.049, 1]).summary() == nowhere
    assert answer([1, 1.051, 1]).summary() != nowhere
    assert repr(far) == f"<Response: {far.summary()}>"
    assert far._repr_html_() == f"<p>{far.summary()}</p>"


def test_the_bands_of_a_blot_are_those_of_their_kinases():
    """After one hour where nothing is said; each band is the level of the kinase it reports."""
    run = bl.reverse.culture(days=1)
    blot = bl.reverse.western_blot({"vesicles": run})
    kinases = ["Src-family kinase", "Akt", "Akt", "mTORC1"]
    assert list(blot.index) == [
        "p-Src", "p-Akt (Thr308)", "p-PRAS40 (Thr246)", "p-S6K1 (Thr389)",
        "actin (loading control)",
    ]  # fmt: skip
    assert blot["vesicles"].tolist() == pytest.approx([*(run.at(1, k) for k in kinases), 1.0])
    later = bl.reverse.western_blot({"vesicles": run}, "3 h")
    assert later.loc["p-S6K1 (Thr389)", "vesicles"] == pytest.approx(run.at(3, "mTORC1"))
