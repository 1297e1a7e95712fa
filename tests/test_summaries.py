"""The sentence of a tissue run and the comparison of runs: their numbers are those of the run."""

import re

import numpy as np
import pytest

import bonelab as bl
from bonelab.simulation import Run

REBOUND = (
    r"CTX falls to (\d+)% of its starting value by day (\d+) and rebounds to (\d+)% in month (\d+)"
)
FOUR = {"dose": "60 mg", "every": "6 months", "doses": 4}


def numbers(pattern, sentence):
    """The numbers that a pattern finds in a sentence."""
    found = re.search(pattern, sentence)
    assert found, (pattern, sentence)
    return [float(text) for text in found.groups()]


@pytest.fixture(scope="module")
def stopped():
    return bl.simulate(bl.woman(65), bl.denosumab(**FOUR), years=4)


@pytest.fixture(scope="module")
def agonist():
    return bl.simulate(bl.woman(65), bl.reverse_agonist(**FOUR), years=4)


def test_an_untreated_woman():
    run = bl.simulate(bl.woman(65), years=4)
    said = numbers(
        r"has ([\d.]+) times the healthy rate of resorption but only ([\d.]+) times the healthy "
        r"rate of formation\. Her BMD is ([\d.]+)% of its starting value at the hip and "
        r"([\d.]+)% at the spine",
        run.summary(),
    )
    names = ("resorption", "formation", "BMD hip", "BMD spine")
    assert said == pytest.approx([run.final[name] for name in names], abs=0.051)
    assert run.summary().startswith("After 4 years without a drug, a woman of 65 has ")


@pytest.mark.parametrize(("share", "years", "gains"), [(0.5, 3, True), (0.7, 10, False)])
def test_less_resorption_is_told_beside_the_bone_that_came_of_it(share, years, gains):
    run = bl.simulate(bl.woman(30).with_(RANKL=share), years=years)
    assert run.final["formation"] < 0.97 * run.final["resorption"]
    assert (min(run.final["BMD hip"], run.final["BMD spine"]) > 100.1) is gains
    told = "because resorption fell before formation" in run.summary()
    assert (told, "but only" in run.summary()) == (gains, not gains)


def test_what_was_changed_is_told():
    changed = bl.woman(30).with_(RANKL=1.5).with_(RANKL=2, extra_RANKL="0.05 nM")
    told = "a woman of 30 with RANKL × 2 and 0.05 nM extra RANKL"
    assert (
        bl.simulate(changed, days=100)
        .summary()
        .startswith(f"After 100 days without a drug, {told} has ")
    )
    treated = bl.simulate(changed, bl.denosumab(), days=100).summary()
    assert treated.startswith(f"A{told[1:]} on one dose of denosumab 60 mg is followed for")
    assert changed.name == "a woman of 30"
    ill = changed.with_disease("rheumatoid arthritis")
    assert "with rheumatoid arthritis and RANKL × 2" in bl.simulate(ill, days=30).summary()
    many = bl.woman(30).with_(RANKL=2, OPG=2, RANK=2, tail=0.5)
    assert "with 4 changed numbers" in bl.simulate(many, days=30).summary()


def test_a_rate_that_was_higher_before_and_one_that_is_gone():
    run = bl.simulate(bl.woman(30).with_(RANKL=5, OPG=0.2), years=6)
    high, day = numbers(r"rate of resorption \(after ([\d.]+) on day (\d+)\)", run.summary())
    assert high == pytest.approx(run["resorption"].max(), abs=0.006)
    assert run.at(day, "resorption") == pytest.approx(high, rel=0.02)
    none = bl.simulate(bl.woman(30).with_(RANK=0), years=6).summary()
    assert "has no resorption but 0." in none


def test_a_day_is_told_with_on_and_a_month_with_in():
    run = bl.simulate(bl.woman(65), bl.romosozumab(stop="1 month"), years=1)
    assert re.search(r"\(highest [\d.]+% on day \d+\)", run.summary())


def test_a_body_at_rest_says_so():
    for subject in (bl.woman(45), bl.mouse()):
        sentence = bl.simulate(subject, days=100).summary()
        assert "turnover and bone stay as they were" in sentence


def test_a_drug_that_is_stopped(stopped):
    sentence = stopped.summary()
    low, day, peak, month = numbers(REBOUND, sentence)
    ctx = stopped["CTX"]
    assert low == pytest.approx(ctx.min(), abs=0.51)
    assert stopped.at(day, "CTX") == pytest.approx(ctx.min(), abs=1.6)
    assert peak == pytest.approx(ctx.max(), abs=0.51)
    assert month == pytest.approx(stopped.time[ctx.argmax()] / 30.4375, abs=0.51)
    hip, best = numbers(r"BMD ends at ([\d.]+)% .*?highest ([\d.]+)% in month \d+\)", sentence)
    assert hip == pytest.approx(stopped["BMD hip"][-1], abs=0.051)
    assert best == pytest.approx(stopped["BMD hip"].max(), abs=0.051)


def test_what_comes_first_is_told_first():
    plan = bl.denosumab("60 mg", every="1 month", doses=8, missed=(6,))
    assert (
        "every month (dose 6 missed) is followed"
        in bl.simulate(bl.woman(65), plan, years=1).summary()
    )
    gap = bl.denosumab(
        "60 mg", every="6 months", doses=8, missed=(6,)
    )  # the floor returns after it
    run = bl.simulate(bl.woman(65), gap, years=4)
    low, day, high, month = numbers(REBOUND, run.summary())
    assert [low, high] == [round(run["CTX"].min()), round(run["CTX"].max())]
    assert day < 30 * month


def test_a_drug_that_spares_formation(agonist, stopped):
    (low,) = numbers(r"P1NP falls to (\d+)% of its starting value", agonist.summary())
    assert low == pytest.approx(agonist["P1NP"].min(), abs=0.51)
    assert low > 1.5 * stopped["P1NP"].min()


def test_teriparatide_raises_both_markers():
    run = bl.simulate(bl.woman(66), bl.teriparatide(), years=2)
    ctx, p1np = numbers(r"CTX rises to (\d+)%.*P1NP rises to (\d+)%", run.summary())
    assert (ctx, p1np) == pytest.approx((run["CTX"].max(), run["P1NP"].max()), abs=0.51)


def test_opg_fc():
    run = bl.simulate(bl.woman(60), bl.opg_fc("3 mg/kg"), days=60)
    (low,) = numbers(
        r"OPG-Fc 195 mg is followed for 60 days\. Her CTX falls to (\d+)%", run.summary()
    )
    assert low == pytest.approx(run["CTX"].min(), abs=0.51)


@pytest.mark.parametrize("genotype", ["RANKL-/-", "OPG-/-", "P29A"])
def test_a_mouse_has_volumes_and_no_scan(genotype):
    run = bl.simulate(bl.mouse(genotype), days=100)
    sentence = run.summary()
    assert sentence.startswith(f"{'An' if genotype[0] == 'O' else 'A'} {genotype} mouse")
    start, end = numbers(r"spine bone volume goes from ([\d.]+) to ([\d.]+) times", sentence)
    volume = run["bone volume spine"]
    assert (start, end) == pytest.approx((volume[0], volume[-1]), abs=0.006)
    assert "CTX" not in sentence
    assert "BMD" not in sentence


def test_denosumab_in_a_mouse_says_why_nothing_happens():
    sentence = bl.simulate(bl.mouse(), bl.denosumab(), days=30).summary()
    assert "does not bind mouse RANKL" in sentence


def test_a_local_site_has_no_blood_marker():
    run = bl.simulate(
        bl.woman(45).with_disease("rheumatoid arthritis"), bl.denosumab(**FOUR), years=1
    )
    assert "CTX" not in run.summary()
    assert "spine bone volume" in run.summary()


def test_lesions_tell_their_number():
    run = bl.simulate(bl.woman(45).with_disease("bone metastasis"), days=60)
    start, end = numbers(r"tumour burden goes from ([\d.]+) to ([\d.]+)", run.summary())
    burden = run["tumour burden"]
    assert (start, end) == pytest.approx((burden[0], burden[-1]), rel=0.05)
    run = bl.simulate(bl.woman(45).with_disease("hypercalcaemia of malignancy"), days=119)
    start, end = numbers(r"serum calcium goes from ([\d.]+) to ([\d.]+) mmol/L", run.summary())
    assert (start, end) == pytest.approx((2.35, run["serum calcium"][-1]), abs=0.006)


def test_every_subject_and_drug_has_one_sentence():
    subjects = [bl.mouse(name) for name in bl.genotypes()]
    subjects += [bl.woman(45).with_disease(name) for name in bl.diseases()]
    drugs = [bl.romosozumab(), bl.alendronate(), bl.zoledronate(), bl.rapamycin()]
    runs = [bl.simulate(subject, days=30) for subject in subjects]
    runs += [bl.simulate(bl.woman(66), drug, days=90) for drug in drugs]
    for run in runs:
        sentence = run.summary()
        assert sentence.endswith(".")
        assert sentence[0].isupper()
        assert not re.search(r"\bnan\b|\binf\b| -\d|  ", sentence), sentence


def test_compare_puts_runs_side_by_side(stopped, agonist):
    both = bl.compare({"denosumab": stopped, "reverse agonist": agonist})
    table = both.table("24 months")
    assert list(table.index) == ["denosumab", "reverse agonist"]
    assert table.loc["denosumab", "BMD spine (%)"] == stopped.at("24 months", "BMD spine")
    one, two = numbers(
        r"After 4 years:.*BMD spine \(%\): denosumab ([\d.]+), reverse agonist ([\d.]+)\.$",
        both.summary(),
    )
    assert (one, two) == pytest.approx(
        (stopped["BMD spine"][-1], agonist["BMD spine"][-1]), abs=0.051
    )
    assert both.summary() in both._repr_html_()
    assert both["denosumab"] is stopped


def test_compare_draws_a_line_per_run(stopped, agonist):
    drawing = bl.compare({"denosumab": stopped, "agonist": agonist}).plot("CTX", "P1NP")
    for ax, name in zip(drawing.axes, ("CTX", "P1NP"), strict=True):
        named = [line.get_label() for line in ax.lines if line.get_label() != "_"]
        assert named == ["denosumab", "agonist"]
        assert np.array_equal(ax.lines[0].get_ydata(), stopped[name])
        assert len({str(line.get_linestyle()) for line in ax.lines}) == 2


def test_compare_of_a_mouse_shows_volumes():
    runs = {name: bl.simulate(bl.mouse(name), days=20) for name in ("wild type", "OPG-/-")}
    assert bl.compare(runs).series[0] == "resorption"


def test_compare_refuses_what_it_cannot_compare(stopped):
    dish = bl.forward.culture(days=1)
    for wrong in ({}, {"a": stopped}, [stopped, stopped]):
        with pytest.raises(bl.BonelabError, match="two or more runs by name"):
            bl.compare(wrong)
    with pytest.raises(bl.BonelabError, match="of one kind"):
        bl.compare({"a": stopped, "b": dish})
    with pytest.raises(bl.BonelabError, match="should be a Run"):
        bl.compare({"a": stopped, "b": 3})
    with pytest.raises(bl.BonelabError, match="run = 'c'"):
        bl.compare({"a": stopped, "b": stopped})["c"]


# ---- whole sentences, of runs whose numbers can be seen at once ----------------------------------


def said(kind, unit, times, subject="", treatment="", facts=(), **series):
    """What a run of a few points says; an underline in a name is a blank."""
    named = {name.replace("_", " "): values for name, values in series.items()}
    run = Run(kind, times, unit, named, {}, subject=subject, treatment=treatment, facts=dict(facts))
    return run.summary()


def test_the_sentences_of_immune_cells():
    cells = {"dendritic_cells": [1, 2, 2.5], "occupancy": [0.4] * 3}
    assert said("dendritic cells", "day", [0, 7, 14], **cells, **{"half-life": [3] * 3}) == (
        "At 40% RANK occupancy dendritic cells live with a half-life of 3 days; after 14 days "
        "their number is 2.5 times that without RANKL."
    )
    week = [0, 8, 30]
    assert said(
        "immunity", "day", week, "", "antigen", T_cells=[0, 0, 0], dendritic_cells=[1] * 3
    ) == ("With antigen, no T cell is activated.")
    assert said(
        "immunity", "day", week, "", "antigen", T_cells=[0, 0.85, 0], dendritic_cells=[1, 3, 1]
    ) == (
        "With antigen, T cells peak on day 8 at 85% of their maximum number, and dendritic cells "
        "reach 3 times their number without RANKL."
    )
    assert said(
        "immunity", "day", week, "", "antigen", T_cells=[0, 0.3, 0], dendritic_cells=[1, 1.04, 1]
    ).endswith("at 30% of their maximum number, and dendritic cells are as few as without RANKL.")


def test_the_sentences_of_calcium_and_milk():
    wall = ("artery", "day", [0, 112], "an artery", "no treatment")
    assert said(*wall, arterial_calcium=[0, 0.62]) == (
        "In an artery (no treatment), arterial calcium reaches 0.62 arbitrary units by week 16; in "
        "this model nothing takes it back."
    )
    assert said(*wall, arterial_calcium=[0, 0]) == (
        "In an artery (no treatment), no calcium is laid down in the wall."
    )
    assert said("mammary gland", "day", [0, 20], "a mouse", "no injection",
                alveoli=[0, 0.9], occupancy=[0.6] * 2) == (
        "In a mouse with no injection, 90% of the alveoli have grown after 20 days (RANK occupancy "
        "60%)."
    )  # fmt: skip
    flows = {"milk": [0, 1200], "artery": [0, 3], "urine": [0, 50], "intake": [0, 1000]}
    place = ("calcium balance", "day", [0, 183], "a woman", "as usual")
    assert said(*place, bone=[25000, 24750], **flows) == (
        "In a woman (as usual), bone gives 250 mmol of calcium (1.0%) in 183 days, 1,200 mmol go "
        "to milk, 3 to arteries and 50 to urine, and 1,000 come from food."
    )
    assert "bone gains 500 mmol of calcium (2.0%)" in said(*place, bone=[25000, 25500], **flows)


def test_the_sentences_of_a_fever():
    brain = ("fever", "hour", [0, 2.5, 6], "a brain", "1 nM RANKL")
    assert said(*brain, temperature=[37, 38.6, 37.1]) == (
        "After 1 nM RANKL in the brain, temperature rises by 1.6 °C, most after 2.5 hours, "
        "following prostaglandin E2."
    )
    assert said(*brain, temperature=[37, 37.04, 37]) == (
        "After 1 nM RANKL in the brain there is no fever."
    )


def test_the_sentences_of_vesicles():
    cells = ("vesicle release", "hour", [0, 24], "100 osteoclasts", "")
    counts = {"vesicles": [0, 3000], "vesicles_with_3_or_more_RANK": [0, 0.015]}
    assert said(*cells, RANK_vesicles=[0, 93], **counts) == (
        "100 osteoclasts keep 3,000 vesicles around them after 24 hours, 93 of them with RANK; "
        "were RANK scattered at random, 0.015 would carry three or more."
    )
    assert said(*cells, RANK_vesicles=[0, 0], **counts).endswith("none of them with RANK.")
    facts = {"steady share": 0.668, "decay length (um)": 99.4, "gap (nm)": 47.9}
    assert said("vesicle transport", "hour", [0, 24], "an osteocyte", "half-life 30 min", facts,
                share=[0, 0.668]) == (
        "0.67 of the surface concentration of vesicles reaches an osteocyte (half-life 30 min; it "
        "falls to 37% every 99 µm). The gap beside the cell process is 48 nm: whether a 90 nm "
        "vesicle gets in at all is not known."
    )  # fmt: skip


def test_the_sentences_of_the_published_models():
    model = ("Pivonka 2008", "day", [0, 40, 100], "Pivonka 2008", "1e+03 pM/day PTH added")
    cells = {"osteoclasts": [2, 5, 3], "osteoblasts": [4, 5, 8]}
    assert said(*model, **cells) == (
        "Pivonka 2008, 1e+03 pM/day PTH added: osteoclasts go furthest on day 40, to 2.5 times "
        "their start, and osteoblasts on day 100, to 2 times."
    )
    assert said(*model, **cells, bone=[100, 99, 98.5]).endswith("to 2 times; bone ends at 98.5%.")
    assert said(*model, osteoclasts=[2] * 3, osteoblasts=[4] * 3) == (
        "Pivonka 2008, 1e+03 pM/day PTH added: the cells stay where they are."
    )
    site = ("Komarova 2003", "day", [0, 40, 100], "Komarova 2003", "10 extra osteoclasts")
    assert said(
        *site, osteoclasts=[11, 1, 1], osteoblasts=[212, 700, 300], bone=[100, 91, 99.98]
    ) == (
        "Komarova 2003 with 10 extra osteoclasts: bone falls to 91% on day 40 and ends at 99.98%, "
        "while osteoblasts peak at 700 on day 40."
    )
    assert said(*site, osteoclasts=[1] * 3, osteoblasts=[2] * 3, bone=[100] * 3) == (
        "Komarova 2003 with 10 extra osteoclasts: nothing happens."
    )


def test_the_sentences_of_the_dishes():
    dish = ("forward dish", "hour", [0, 120], "", "50 ng/ml RANKL")
    made = {"osteoclasts": [0, 0.25], "occupancy": [0.8] * 2, "nuclei_per_osteoclast": [0, 3.5]}
    assert said(*dish, **made) == (
        "After 5 days with 50 ng/ml RANKL, 250 osteoclasts per 1,000 precursors have formed, with "
        "3.5 nuclei each; 80% of RANK is occupied."
    )
    few = {cells: said(*dish, **made | {"osteoclasts": [0, cells]}) for cells in (4e-4, 1.4e-3)}
    assert ", fewer than one osteoclast per 1,000 precursors has formed, with 3.5" in few[4e-4]
    assert ", 1 osteoclast per 1,000 precursors has formed, with 3.5 nuclei" in few[1.4e-3]
    day = said("forward dish", "hour", [0, 24], "", "no RANKL", **made | {"osteoclasts": [0, 0]})
    assert day == "After 1 day with no RANKL there are no osteoclasts; 80% of RANK is occupied."

    def reverse(clustered, tail=1.0, **more):
        names = ("Akt", "mTORC1", "Runx2", "Col1a1", "Sp7")
        folds = {f"{name} fold": 1.0 + k for k, name in enumerate(names)}
        facts = {"clustered": clustered, "tail": tail} | folds | more
        return said("reverse dish", "hour", [0, 504], "", "vesicles", facts, Akt=[0.05, 0.5])

    levels = "relative to untreated cells: Akt 1.00, mTORC1 2.00, Runx2 3.00, Col1a1 4.00, Sp7 5.00"
    assert reverse(0.725) == (
        f"After 21 days with vesicles, 72.5% of surface RANKL stands in clusters; {levels}."
    )
    assert reverse(0.0005).startswith(
        "After 21 days with vesicles, less than 0.1% of surface RANKL stands in clusters; "
    )
    assert "clusters but its tail passes on 2% of the signal; relative" in reverse(0.5, 0.02)
    assert "its tail passes on 0% of the signal" in reverse(0.5, 0.0)
    assert reverse(0.0) == (
        "After 21 days with vesicles, no RANKL stands in clusters and nothing is signalled in "
        f"reverse; {levels}."
    )
    assert reverse(0.5, **{"mineral fold": 6.0}).endswith("Sp7 5.00, mineral 6.00.")


def test_the_sentence_of_any_other_run():
    run = Run("other", [0, 5], "day", {"height": [1, 2.5]}, {"height": "um"})
    assert run.summary() == "height goes from 1 to 2.5 um in 5 days."


def test_mineral_is_told_beside_cells_of_the_same_day_and_of_a_whole_culture():
    short = bl.reverse.culture(vesicles=0, days=5)
    share = short.final["mineral"]
    assert share < 0.2
    told = f"mineral 1.00 (and {share:.2g} times what they have after 21 days, as the table gives"
    assert told in short.summary()
    assert bl.reverse.culture(vesicles=0).summary().endswith("mineral 1.00.")
