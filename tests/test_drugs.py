"""What each drug brings into bone: states, doses and rates with round numbers, worked by hand."""

from types import SimpleNamespace

import pytest

from bonelab.biology import drugs
from bonelab.biology.remodelling import Inputs
from bonelab.parameters import load

D = SimpleNamespace(
    target_start=600.0,
    antibody_bioavailability=0.6,
    antibody_clearance=0.1,
    bone_to_serum=0.5,
    opgfc_bioavailability=0.4,
    opgfc_bone_to_serum=0.25,
    teriparatide_rise=4.0,
    teriparatide_tolerance_rate=0.1,
    teriparatide_tolerance=0.5,
    teriparatide_RANKL_rise=10.0,
    zoledronate_dose=5.0,
    bisphosphonate_rise=20.0,
    romosozumab_OPG=2.0,
    romosozumab_rise=5.0,
    romosozumab_adaptation=0.01,
    romosozumab_OPG_left=0.1,
    lining_use=0.2,
    lining_renewal=0.05,
    supplements_rise=8.0,
)


def brought(drug, seen, level=0.0):
    """The inputs of bone with what a drug brings."""
    inputs = Inputs()
    drug.bring(seen, level, inputs)
    return inputs


def test_the_effect_of_a_dose_is_one_at_the_usual_dose():
    """Half of the most at 30: 60/(60 + 30) = 2/3 of it, 30 gives 1/2, so 0.75 of the usual."""
    assert drugs.relative_effect(60.0, 60.0, 30.0) == pytest.approx(1.0)
    assert drugs.relative_effect(30.0, 60.0, 30.0) == pytest.approx(0.75)
    assert drugs.relative_effect(0.0, 60.0, 30.0) == 0


def test_an_antibody_is_injected_in_micrograms_and_reaches_bone_in_nanomolar():
    """60 mg, of which 60 % arrives: 36,000 ug beside the 10 that are there. 1 ug/ml of 150 kDa is
    6.667 nM, half of it in bone; a level that is held is added."""
    antibody = drugs.Antibody("denosumab", D, Kd=0.003, valence=2)
    assert antibody.start() == [0, 0, 0, 600]
    assert antibody.dose([10, 1, 2, 3], 60) == pytest.approx([36_010, 1, 2, 3])
    nM = 1e6 / 150_000
    (held,) = brought(antibody, (1000.0,), level=1.5).crosslinkers
    assert held == pytest.approx((0.5 * nM + 1.5, 2, 0.003))
    assert brought(antibody, (-1e-12,)).crosslinkers[0][0] == 0


def test_opg_fc_adds_to_the_decoy():
    fc = drugs.OPGFc("OPG-Fc", D)
    assert fc.dose([0, 1, 2, 3], 10) == pytest.approx([4000, 1, 2, 3])
    assert fc.seen([5, 7, 9, 11]) == (7,)
    here = 0.25 * 1e6 / 120_000  # 1 ug/ml of 120 kDa is 8.333 nM
    assert brought(fc, (1000.0,), level=2.0).opg_fc == pytest.approx(here + 2.0)


def test_teriparatide_wanes_as_tolerance_grows():
    """Effect (1 - 0.6)/4 = 0.1; tolerance 0.1 (0.5 x 0.6 - 0.2) = 0.01; RANKL follows
    0.6 x 0.8 = 0.48: (0.48 - 0.3)/10 = 0.018."""
    drug = drugs.Teriparatide("teriparatide", D)
    assert drug.seen((0.6, 0.2, 0.3)) == pytest.approx((0.48, 0.3))
    assert drug.rates((0.6, 0.2, 0.3), 1.0) == pytest.approx([0.1, 0.01, 0.018])
    inputs = brought(drug, (0.48, 0.3))
    assert (inputs.teriparatide, inputs.teriparatide_RANKL) == (0.48, 0.3)


def test_a_bisphosphonate_is_stored_and_let_go_slowly():
    """10 mg of zoledronate are two usual doses. Half-life 2 years: ln 2/730.5 = 0.00094887 a day.
    Tablets fill up to their level: (1 - 0.4)/20 = 0.03 a day."""
    stored = drugs.Bisphosphonate("zoledronate", D, half_life=2.0)
    assert stored.dose([0.5], 10.0) == pytest.approx([2.5])
    assert stored.rates([2.0], 0.0) == pytest.approx([-2 * 0.000948867], rel=1e-5)
    tablets = drugs.Bisphosphonate("alendronate", D, half_life=2.0)
    assert tablets.rates([0.4], 1.0) == pytest.approx([0.03 - 0.4 * 0.000948867], rel=1e-5)
    assert brought(stored, (0.7,)).bisphosphonate == 0.7


def test_romosozumab_uses_up_the_lining_cells_and_bone_adapts():
    """Effect (1 - 0.5)/5 = 0.1; reserve 0.05 (1 - 0.8) - 0.2 x 0.5 x 0.8 = -0.07; adaptation
    0.01 (0.5 - 0.1) = 0.004. It calls 0.5 x 0.8 = 0.4 of the lining cells."""
    drug = drugs.Romosozumab("romosozumab", D)
    assert drug.start() == [0, 1, 0]
    assert drug.rates((0.5, 0.8, 0.1), 1.0) == pytest.approx([0.1, -0.07, 0.004])
    assert drug.seen((0.5, 0.8, 0.1)) == pytest.approx((0.4, 0.4))
    inputs = brought(drug, (0.4, 0.3))
    assert (inputs.sclerostin_block, inputs.lining_cells) == (0.4, 0.3)


def test_after_romosozumab_opg_never_falls_below_a_tenth():
    """1 + 2 x (-0.45) = 0.1, however far bone had adapted."""
    block, _ = drugs.Romosozumab("romosozumab", D).seen((0.0, 1.0, 5.0))
    assert 1 + D.romosozumab_OPG * block == pytest.approx(0.1)
    assert load("drugs").romosozumab_OPG_left == 0.1


def test_rapamycin_and_supplements():
    assert brought(drugs.Rapamycin("rapamycin", D), (), level=20.0).rapamycin == 20
    assert drugs.Rapamycin("rapamycin", D).rates([], 20.0) == []
    tablets = drugs.Supplements("calcium and vitamin D", D)
    assert tablets.rates([0.2], 1.0) == pytest.approx([0.1])  # (1 - 0.2)/8
    assert brought(tablets, (0.6,)).supplements == 0.6
