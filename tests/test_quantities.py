"""Text is one number and one unit: it gives the exact value or an error, never another number."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit_registry import registry

import bonelab as bl
from bonelab.parameters import BonelabError, amount, as_number, duration, one_of, write
from bonelab.parameters.amounts import measure
from bonelab.parameters.errors import MOST_LISTED, shown
from bonelab.parameters.units import _names, read_unit

RANKL = {"argument": "rankl", "what": "a RANKL concentration", "molar_mass": 60_000}
THIN, NARROW, HARD = "\u2009", "\u202f", "\u00a0"


def mg(text):
    return amount(text, "mg", argument="dose", what="a dose")


# ---- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("60 mg", 60), ("60mg", 60), ("60", 60), ("+60 mg", 60), (" 60\tmg ", 60)),
        *((f"1{blank}000 mg", 1000) for blank in (" ", HARD, NARROW, THIN)),
        *((f"1{blank}234{blank}567,5 mg", 1234567.5) for blank in (" ", HARD, NARROW, THIN)),
        *(("1'000 mg", 1000), ("1’000 mg", 1000), ("1'234'567.25 mg", 1234567.25)),
        *(("1_000 mg", 1000), ("1_234_567 mg", 1234567)),
        *(("2,5 mg", 2.5), ("12,25 mg", 12.25), ("2.5 mg", 2.5), ("0,125 mg", 0.125)),
        *(("0.125 mg", 0.125), ("0,5", 0.5), ("1234,567 mg", 1234.567), ("1234.567", 1234.567)),
        *(("1.234,5 mg", 1234.5), ("1,234.5 mg", 1234.5), ("1,234.567 mg", 1234.567)),
        *(("1,000,000 mg", 1e6), ("1.000.000 mg", 1e6), ("1.234.567,8", 1234567.8)),
        *(("1,00,000 mg", 1e5), ("12,34,567.5 mg", 1234567.5)),
        *((".5 mg", 0.5), ("5. mg", 5), (",5 mg", 0.5), ("007 mg", 7)),
        *(("1e3 mg", 1000), ("1E3", 1000), ("1.5e-3 mg", 0.0015), ("1.2340e3 mg", 1234)),
        *(("1×10^3 mg", 1000), ("1·10³ mg", 1000), ("1 x 10^3 mg", 1000), ("1*10**3", 1000)),
        *(("10^3 mg", 1000), ("10³ mg", 1000), ("5 × 10⁻³ mg", 0.005), ("10 ** -2 mg", 0.01)),
        *(("６０ mg", 60), ("６０．５ mg", 60.5), ("٦٠ mg", 60), ("२,५ mg", 2.5), ("٢٫٥ mg", 2.5)),
    ],
)
def test_a_number_is_understood_as_people_write_it(text, number):
    assert mg(text) == number


@pytest.mark.parametrize(
    ("text", "decimals"),
    [
        *(("½ mg", "0.5 mg"), ("1½ mg", "1.5 mg"), ("1 ½", "1.5"), ("-¼ mg", "-0.25 mg")),
        *(("1/2 mg", "0.5 mg"), ("3⁄4mg", "0.75 mg"), ("1 1/2 mg", "1.5 mg"), ("2/3", "0.6667")),
    ],
)
def test_a_fraction_is_shown_with_decimals(text, decimals):
    with pytest.raises(BonelabError, match=f"it is a fraction. Write '{decimals}'"):
        mg(text)


@pytest.mark.parametrize("text", ["10 000/5 mg", "1/0 mg", "1/2/2024", "60 mg/2", "1.5/2 mg"])
def test_what_is_no_plain_fraction_gets_no_advice_about_one(text):
    with pytest.raises(BonelabError, match="one number and one unit"):
        mg(text)


@pytest.mark.parametrize("text", ["1,000 mg", "1.000 mg", "1,234 mg", "12.345 mg", "-1,000 mg"])
def test_what_can_be_read_in_two_ways_shows_both(text):
    with pytest.raises(BonelabError, match=r"some countries.*Write '(\S+ mg)' or '(\S+ mg)'") as e:
        mg(text)
    large, small = str(e.value).split("'")[-4::2]
    assert as_number(large, "mg") == pytest.approx(1000 * as_number(small, "mg"), rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        *("60 mg 4", "4 60 mg", "60 4 mg", "2*3 mg", "60 mg/2", "60 mg*2", "60+4 mg", "60-4 mg"),
        *("5–10 mg", "1/2 mg", "½ mg", "5½ mg", "2^3 mg", "2³ mg", "5 10^3 mg", "1e3.5 mg"),
        *("mg", "g/g", "", " ", "much", "three mg", "sixty", "nan", "inf", "-inf mg", "NaN mg"),
        *("1 00 mg", "10 00 mg", "1,00 00", "1.2.3 mg", "1,2,3 mg", "0 500 mg", "1,000.00.0 mg"),
        *(
            "1'00 mg",
            "1_0 mg",
            "--5 mg",
            "5 - mg",
            "~5 mg",
            "<5 mg",
            "5 mg?",
            "(5) mg",
            "$5",
            "5,,5",
        ),
        *("1+2j", "0x10", "0x10 mg", "1e999 mg", "1e-999 mg", "1e-400 mg", "1e999999999 mg"),
        *("1.234e5 mg", "60 % mg", "60 %"),
        *("60 mg mg", "60 mg mg/mg", "60 mg/mg", "60 mg^2", "60 mg2", "60 mg-1"),
        *("__import__('os')", "60*'a'", "[60]", "60 mg; 70 mg", "60 mg\n70 mg", "9" * 400),
        *("60 Mg", "60 mG", "60 Gg", "60 gr", "60 nM", "60 m", "60 ml", "60 moon", "60 milli"),
    ],
)
def test_nothing_else_is_taken(text):
    with pytest.raises(BonelabError, match=r"^dose = .*\.$"):
        mg(text)


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, np.bool_(True), None, 1 + 2j, np.complex128(1), b"60", bytearray(b"60")),
        *([60], (60,), {60}, {"a": 1}, np.array([60.0]), np.zeros(3), object(), float, len),
        *(math.nan, math.inf, -1, 10**400, np.timedelta64(5, "D"), Decimal("NaN"), range(3)),
    ],
)
def test_what_is_no_number_is_refused_in_words(value):
    with pytest.raises(BonelabError, match=r"^dose = .*a dose"):
        mg(value)


@pytest.mark.parametrize(
    "value", [60, 60.0, np.int8(60), np.float32(60), np.array(60.0), Decimal(60), Fraction(60)]
)
def test_numbers_of_every_kind_are_floats(value):
    assert mg(value) == 60.0
    assert type(mg(value)) is float


# ---- units ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "nM"),
    [
        *(("0.83 nM", 0.83), ("830 pM", 0.83), ("1e-3 uM", 1.0), ("1 nmol/l", 1.0), ("2", 2.0)),
        *((f"50 {unit}", 50 / 60) for unit in ("ng/ml", "NG/ML", "ng/mL", "µg/l", "μg/l", "ug/L")),
        *((f"50{unit}", 50 / 60) for unit in ("ng/mL", " ng ml-1", " ng·ml⁻¹", " ng ml^-1")),
        *(
            (f"50 {unit}", 50 / 60)
            for unit in ("ng * ml**-1", "nanograms per millilitre", "ng/cm3")
        ),
        *(("50 mcg/l", 50 / 60), ("50 mg/ml", 50e6 / 60), ("0.2 NM", 0.2), ("1 nmol L^-1", 1.0)),
    ],
)
def test_concentrations(text, nM):
    assert amount(text, "nM", **RANKL) == nM


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("6 months", 182.625), ("6 mo", 182.625), ("6 Months", 182.625), ("6 MONTHS", 182.625)),
        *(("26 wk", 182), ("26 WKS", 182), ("0.5 y", 182.625), ("4 years", 1461), ("1 yr", 365.25)),
        *(("24 h", 1), ("24 H", 1), ("90 min", 0.0625), ("3 d", 3), ("2 weeks", 14), (3, 3)),
        *(("6 Monate", 182.625), ("3 jours", 3), ("2 semanas", 14), ("1 año", 365.25)),
    ],
)
def test_times(text, days):
    assert duration(text) == days


@pytest.mark.parametrize(
    "text", ["6 m", "6 M", "6 moons", "6 months 3 days", "6 ml", "0 d", -1, "-6 mo"]
)
def test_what_is_no_length_of_time(text):
    with pytest.raises(BonelabError, match=r"^every = .*a length of time"):
        duration(text, argument="every")


@pytest.mark.parametrize(
    ("text", "number"),
    [*(("50 %", 0.5), ("50%", 0.5), ("50 percent", 0.5), ("2 x", 2), ("2-fold", 2), ("2×", 2))],
)
def test_a_pure_number_may_be_a_share_or_a_factor(text, number):
    assert amount(text, "1", argument="rank") == number
    with pytest.raises(BonelabError):
        amount(text, "nM", argument="rankl")


def test_an_array_is_taken_where_it_is_meant_and_whole():
    doses = amount([1, "2 nM", Decimal(3)], "nM", argument="dose", many=True)
    assert doses.tolist() == [1.0, 2.0, 3.0]
    masked = np.ma.array([1.0, 2.0], mask=[True, False])
    for wrong in ([[1], [2, 3]], [True], [1j], [None], masked, {1, 2}, {"a": 1}, [1, "2 nm"]):
        with pytest.raises(BonelabError, match=r"^dose = "):
            amount(wrong, "nM", argument="dose", many=True)


def test_a_percentage_stays_one():
    patient = bl.mystery_patient(seed=3)
    score = patient.predict("no treatment, BMD hip at 60 months", "95 %")
    assert (score.predicted, score.unit) == (95.0, "% of today")
    assert as_number("35 %", "percent") == as_number("35", "percent") == 35.0


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("0.2 nm", "nM", "'nm' is another unit; write '0.2 nM'"),
        ("60 Mg", "mg", "'Mg' is another unit; write '60 mg'"),
        ("60 mg", "nM", "its unit, 'mg', does not fit here"),
        ("60 mg 4", "mg", "text is not calculated"),
        ("mg", "mg", "start with a number in figures"),
        (-1, "nM", r"x = -1 is too low: a quantity must be 0 nM or more\."),
        ("5 hours ago", "hour", "a number of hours, or text with a unit such as '24 h'"),
        ("many", "cells", "a quantity: a number of cells, or text"),
        ("hot", "degC", "a quantity: a number in °C, or text"),
    ],
)
def test_an_error_shows_how_to_write_it(text, unit, words):
    with pytest.raises(BonelabError, match=words):
        amount(text, unit, argument="x")


def test_one_of_what_is_counted_is_told_without_an_s():
    assert [measure(n, "cells") for n in (0, 1, 2)] == ["0 cells", "1 cell", "2 cells"]
    assert [measure(n, "hour") for n in (0, 1, 2)] == ["0 hours", "1 hour", "2 hours"]
    assert measure(1, "degC") == "1 °C"


@pytest.mark.parametrize("nothing", [[], (), np.array([])])
def test_no_number_at_all_is_refused_where_several_may_be(nothing):
    with pytest.raises(BonelabError, match=r"doses = .* it holds no number; give a dose or sev"):
        amount(nothing, "nM", argument="doses", what="a dose", many=True)


# Words of other languages for the same seven lengths of time.
OTHER_LANGUAGES = {
    "second": "sekunde sekunden seconde secondes segundo segundos",
    "minute": "minuten minuto minutos",
    "hour": "stunde stunden heure heures hora horas",
    "day": "tag tage tagen jour jours día días dia dias giorno giorni",
    "week": "woche wochen semaine semaines semana semanas",
    "month": "monat monate monaten mois meses mesi",
    "year": "jahr jahre jahren ans année années año años anni",
}


def as_in_pint(name):
    """The size of a unit as pint has it, in gram, metre, mole and day."""
    spelled = {
        "mcg": "ug", "%": "percent", "pct": "percent", "°C": "degC", "w": "week", "wk": "week",
        "wks": "week", "mo": "month", "mos": "month", "mth": "month", "mths": "month", "y": "year",
        "yr": "year", "yrs": "year", "hr": "hour", "hrs": "hour", "mins": "minute", "sec": "second",
        "secs": "second", "delta_degC": "degC",
    }  # fmt: skip
    spelled |= {w: english for english, words in OTHER_LANGUAGES.items() for w in words.split()}
    base = {"mass": "gram", "amount": "mole", "molar": "mole/meter**3",
            "time": "day", "percent": "percent", "temperature": "degC"}  # fmt: skip
    ((dimension, power),) = read_unit(name).dimensions[:1]
    dimension = "molar" if len(read_unit(name).dimensions) == 2 else dimension
    base["length"] = f"meter**{power}"
    if dimension == "fold":
        return 1.0
    unit = registry().Unit(spelled.get(name, name.replace("gramme", "gram")))
    return (1 * unit).to(base[dimension]).magnitude


def test_every_unit_is_as_large_as_pint_says():
    sizes = {name: float(read_unit(name).size) for name in _names()[0]}
    assert len(sizes) > 250
    assert sizes == pytest.approx({name: as_in_pint(name) for name in sizes}, rel=1e-12)


# ---- properties ----------------------------------------------------------------------------------

DIGITS = st.text("0123456789", min_size=1, max_size=7)
GROUPED = [" ", HARD, NARROW, THIN, "'", "’", "_", ",", "."]


@st.composite
def written(draw):
    """A number as somebody writes it, and the exact value that is meant."""
    whole = draw(DIGITS).lstrip("0") or "0"
    decimals = draw(st.one_of(st.just(""), DIGITS))
    mark = draw(st.sampled_from(".,"))
    group = draw(st.sampled_from([None, *GROUPED]))
    shown_whole = whole
    if group and group != mark:
        shown_whole = f"{int(whole):,}".replace(",", group)
    power = draw(st.one_of(st.none(), st.integers(-12, 12)))
    shape = draw(st.sampled_from(["e{}", "E{}", "×10^{}", " · 10^{}", "*10**{}"]))
    sign = draw(st.sampled_from(["", "+", "-", "−"]))
    text = shown_whole + (mark + decimals if decimals else "")
    value = Fraction(f"{whole}.{decimals or 0}") * Fraction(10) ** (power or 0)
    text += shape.format(power) if power is not None else ""
    return sign + text, -value if sign in ("-", "−") else value


UNITS = {"mg": 1, "µg": Fraction(1, 1000), "g": 1000, "ng": Fraction(1, 10**6), "MG": 1, "": 1}


@given(written(), st.sampled_from(list(UNITS)), st.sampled_from(["", " ", HARD]))
@settings(max_examples=400)
def test_random_text_gives_the_exact_value_or_an_error(number, unit, blank):
    text, value = number
    try:
        found = as_number(f"{text}{blank}{unit}", "mg")
    except BonelabError:
        return
    assert found == float(value * UNITS[unit]), text


@given(written())
@settings(max_examples=200)
def test_only_what_is_ambiguous_or_badly_grouped_is_refused(number):
    """What is refused has a group of thousands, or the form of one, in it."""
    text, _ = number
    try:
        as_number(text)
    except BonelabError:
        assert any(mark in text for mark in GROUPED), text


@given(st.text("0123456789.,' _+-*/^()eEx×·½%mgMGdayhnl", max_size=14))
@settings(max_examples=400)
def test_whatever_is_typed_is_a_number_of_its_own_figures_or_an_error(text):
    try:
        found = amount(text, "mg", argument="dose", low=-math.inf)
    except BonelabError:
        return
    figures = "".join(c for c in text if c.isdigit()).strip("0")
    assert math.isfinite(found)
    assert found == 0 or figures, text


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=300)
def test_what_is_written_reads_back_as_the_same_number(number):
    assert as_number(write(number)) == number
    assert as_number(write(number) + " mg", "mg") == number


@given(st.integers(1, 999), st.integers(0, 999))
def test_no_number_is_written_in_a_form_that_could_be_another(whole, thousandths):
    number = float(f"{whole}.{thousandths:03}")
    assert as_number(write(number)) == number
    assert as_number(write(number).replace(".", ",")) == number


def test_no_text_reaches_a_unit_library(monkeypatch):
    pint = pytest.importorskip("pint")

    def refused(*args, **kwargs):
        raise AssertionError(f"text reached the expression parser: {args[1:]}")

    for name in ("parse_expression", "parse_units", "Quantity", "__call__"):
        monkeypatch.setattr(pint.UnitRegistry, name, refused, raising=False)
    assert mg("60000 ug") == 60.0
    with pytest.raises(BonelabError):
        mg("60 mg + 1")


# ---- names and lists in messages -----------------------------------------------------------------

NAMES = ["wild type", "OPG-/-", "OPG+/-", "RANKL", "brake", *(f"p{i}" for i in range(15))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("Wild Type", "wild type"), ("wild-type", "wild type"), ("WILDTYPE", "wild type")),
        *(("opg-/-", "OPG-/-"), ("OPG−/−", "OPG-/-"), ("OPG -/-", "OPG-/-"), ("opg+/-", "OPG+/-")),
        *(("OPG⁻/⁻", "OPG-/-"), ("ＯＰＧ-/-", "OPG-/-")),
        *(("rankl", "RANKL"), ("wt", "wild type"), ("P7", "p7")),
    ],
)
def test_a_name_is_understood_in_its_usual_spellings(text, name):
    assert one_of("genotype", text, NAMES, {"WT": "wild type"}) == name


def test_an_unknown_name_gets_the_nearest_and_a_short_list():
    with pytest.raises(BonelabError, match=r"Did you mean 'RANKL'\? Choose from: .* … and 12 more"):
        one_of("parameter", "rnkl", NAMES)
    assert MOST_LISTED == 8


@pytest.mark.parametrize("value", [None, 3, ["OPG-/-"], np.zeros(3), {}, "x" * 5000, object()])
def test_what_is_no_name_is_refused_and_cut(value):
    with pytest.raises(BonelabError) as error:
        one_of("genotype", value, NAMES)
    assert len(str(error.value)) < 250


@pytest.mark.parametrize(
    ("value", "words"),
    [
        *((np.float64(3), "3.0"), (len, "the function len"), (int, "the class int")),
        *((object(), "a value of type object"), (list(range(99)), "[0, 1, 2, 3, 4, 5, ...]")),
    ],
)
def test_a_value_in_a_message_is_short(value, words):
    assert shown(value) == words
