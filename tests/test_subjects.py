"""Who is simulated: what each subject is called, and what its changes reach."""

import pytest

import bonelab as bl


def test_a_woman_has_lived_her_years():
    woman = bl.woman(65, menopause=52)
    assert (woman.age, woman.species, woman.human_RANKL, woman.local) == (65, "human", True, False)
    assert woman.tissue.condition.years_after_menopause == 13
    assert bl.woman(40).tissue.condition.years_after_menopause == -10


def test_a_mouse_is_young_and_its_ovaries_may_be_gone():
    mouse = bl.mouse()
    assert (mouse.species, mouse.human_RANKL, mouse.age) == ("mouse", False, None)
    assert mouse.tissue.condition.estrogen_removed == 0
    assert bl.mouse(ovariectomised=True).tissue.condition.estrogen_removed == 1
    assert bl.mouse("huRANKL").human_RANKL


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (bl.woman(65), "a woman of 65"),
        (bl.woman(65.5), "a woman of 65.5"),
        (bl.woman(65).with_(RANKL=2), "a woman of 65 with RANKL × 2"),
        (bl.woman(65).with_(extra_RANKL="0.1 nM"), "a woman of 65 with 0.1 nM extra RANKL"),
        (bl.woman(65).with_(reverse_share=0.3), "a woman of 65 with reverse_share = 0.3"),
        (bl.woman(65).with_(RANKL=2, OPG=0.5), "a woman of 65 with RANKL × 2 and OPG × 0.5"),
        (bl.woman(65).with_(RANKL=2, OPG=2, RANK=2, tail=0), "a woman of 65 with 4 changed numbers"),  # noqa: E501
        (bl.woman(60).with_disease("RA"), "a woman of 60 with rheumatoid arthritis"),
        (bl.woman(60).with_disease("RA", 0.5),
         "a woman of 60 with rheumatoid arthritis at 50% of its severity"),
        (bl.woman(60).with_disease("RA").with_(OPG=2),
         "a woman of 60 with rheumatoid arthritis and OPG × 2"),
        (bl.woman(60).with_disease("RA").with_disease("bone metastasis"),
         "a woman of 60 with rheumatoid arthritis and bone metastasis"),
        (bl.woman(60).with_(OPG=2, RANK=2, RANKL=2),
         "a woman of 60 with OPG × 2 and RANK × 2 and RANKL × 2"),
        (bl.woman(60).with_regulator("PTH"), "a woman of 60 under PTH"),
        (bl.woman(60).with_regulator("PTH").with_regulator("IL-1"), "a woman of 60 under PTH and IL-1"),  # noqa: E501
        (bl.mouse("OPG-/-"), "an OPG-/- mouse"),
    ],
)  # fmt: skip
def test_what_a_subject_is_called(subject, words):
    assert subject.called == words
    assert repr(subject) == f"<Subject: {words}>"


def test_a_change_holds_in_the_past_too_and_a_condition_from_the_start_of_the_run():
    changed = bl.woman(65).with_(turnover_hip=0.002, RANKL=2)
    assert changed.tissue.p.turnover_hip == changed.before.p.turnover_hip == 0.002
    assert changed.tissue.condition.RANKL == 2
    assert changed.before.condition.RANKL == 1


def test_changes_and_regulators_multiply():
    factor = bl.regulators["PTH"].on(fader=1.0)["RANKL"]
    both = bl.woman(60).with_(RANKL=2).with_regulator("PTH")
    assert pytest.approx(2 * factor) == both.tissue.condition.RANKL


def test_a_milder_disease_changes_less():
    whole, half, none = (
        bl.woman(60).with_disease("giant cell tumour", severity) for severity in (1, 0.5, 0)
    )
    usual = bl.woman(60).tissue.condition
    assert none.tissue.condition == usual
    changed = [n for n in ("RANKL", "OPG", "RANK", "extra_RANKL")
               if getattr(whole.tissue.condition, n) != getattr(usual, n)]  # fmt: skip
    assert changed
    for name in changed:
        ends = sorted((getattr(usual, name), getattr(whole.tissue.condition, name)))
        assert ends[0] < getattr(half.tissue.condition, name) < ends[1]


def test_a_disease_of_one_site_makes_the_subject_local():
    assert bl.woman(60).with_disease("periodontal disease").local
    assert not bl.woman(60).with_disease("postmenopausal osteoporosis").local


def test_what_is_usual_where_nothing_is_said():
    """65 years and menopause at 50, so 15 years after it; in a mouse everything ten times as fast,
    and the turnover of bone a hundred times."""
    woman = bl.woman()
    assert (woman.age, woman.tissue.condition.years_after_menopause) == (65, 15)
    assert bl.simulate(days=1).subject == "a woman of 65"
    human, mouse = bl.woman().tissue.p, bl.mouse().tissue.p
    fast = {name: getattr(mouse, name) / value for name, value in human.as_dict().items()
            if value and getattr(mouse, name) != value}  # fmt: skip
    assert fast == {
        **{name: pytest.approx(10) for name in (
            "precursor_rate", "team_loss", "preosteoblast_rate", "osteoblast_rate",
            "osteocyte_rate", "osteomorph_return", "osteomorph_loss", "mineralisation_rate")},
        **{name: pytest.approx(100) for name in ("turnover_hip", "turnover_spine")},
    }  # fmt: skip
