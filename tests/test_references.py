"""The bibliography: real titles and authors, one entry a publication, nothing told from memory."""

import json
import re
from pathlib import Path

import pytest

import bonelab as bl
from bonelab.parameters import BonelabError, Reference, cite, references, rooms, sources
from bonelab.parameters import records as parameter_records
from bonelab.parameters.references import _FILE

KNOWN = references()
ROOT = Path(__file__).parent.parent
NAME = r"[A-ZÅØÖ][\w’'-]*[a-zø-ÿ]"
CITED = re.compile(
    rf"({NAME})(?:, {NAME})*(?:,? (?:&|and) {NAME}| et al\.?)?,? \(?((?:19|20)\d\d)[a-z]?\b"
)
NO_NAMES = {"In", "The", "With", "November"}  # words with a capital that a year may follow


@pytest.mark.parametrize("key", KNOWN)
def test_every_entry_is_a_publication(key):
    r = KNOWN[key]
    assert re.fullmatch(r"[^()]+", r.authors), "authors are names, without remarks"
    assert "not read" not in str(r)
    assert not re.search(r"\(\d+ (women|patients)|\(authors", r.title)
    assert len(r.title) > 20
    assert re.search(r"\d|/", r.journal), "where it stands: volume and pages, or an address"
    assert not r.doi or re.fullmatch(r"10\.\d{4,9}/\S+", r.doi)
    assert str(r.year)[:2] in ("19", "20")
    assert cite(key).startswith(r.authors)


def test_no_publication_stands_there_twice():
    dois = [r.doi.casefold() for r in KNOWN.values() if r.doi]
    titles = [r.title.casefold() for r in KNOWN.values()]
    assert len(dois) == len(set(dois))
    assert len(titles) == len(set(titles))


def test_every_source_of_a_parameter_is_in_the_bibliography():
    for room in rooms():
        for record in parameter_records(room).values():
            for key in record.refs:
                assert key in KNOWN, (room, record.name)


def test_some_titles_as_their_publishers_have_them():
    """Looked up one by one where the first edition had paraphrased."""
    for key, words, doi in (
        ("capparelli2000", "prevents and reverses hypercalcemia in a murine model", ""),
        ("liu2005", "with age, menopause, bone biochemical markers", "10.1007/s00223-004-0007-2"),
        ("azizieh2019", "oxidative stress markers", "10.1177/1177271919843825"),
        ("prostatebone2015", "lung and prostate cancer bone metastasis", "10.1038/srep18324"),
        ("brain2020", "signaling in the brain: a systematic review", "10.3389/fneur.2020.590480"),
        ("hughes2000", "affecting the signal peptide of RANK", "10.1038/71667"),
        ("whyte2002", "Osteoprotegerin deficiency", "10.1056/NEJMoa013096"),
        ("guerrini2008", "with hypogammaglobulinemia", "10.1016/j.ajhg.2008.06.015"),
        ("xian2012", "Matrix IGF-1 maintains bone mass", "10.1038/nm.2793"),
    ):
        assert words in KNOWN[key].title, key
        assert KNOWN[key].doi == doi


def test_sources_show_links_and_say_what_is_illustrative():
    shown = sources("luo2016", "lacey1998")
    assert "[doi:10.1038/nm.4076](https://doi.org/10.1038/nm.4076)" in shown._repr_markdown_()
    link = '<a href="https://doi.org/10.1038/nm.4076" target="_blank" rel="noopener" style='
    assert link in shown._repr_html_()
    assert "underline" in shown._repr_html_(), "colour alone does not tell a link"
    assert "overflow-wrap: anywhere" in shown._repr_html_(), "a DOI is longer than a phone is wide"
    assert shown[0].endswith("doi:10.1038/nm.4076")
    assert shown[1].endswith("(illustrative value)")
    assert "recalled" not in repr(sources(*KNOWN))
    with pytest.raises(bl.BonelabError, match="Did you mean 'luo2016'"):
        sources("luo2015")


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"year": 20016}, "is no year"), ({"doi": "https://doi.org/10.1/x"}, "begin with 10.")],
)
def test_an_entry_that_cannot_be_is_refused(changes, says):
    good = {"key": "x", "authors": "A B", "year": 2016, "title": "T", "journal": "J 1:1"}
    with pytest.raises(BonelabError, match=says):
        Reference(**good | changes)


def test_the_file_says_what_was_read():
    text = _FILE.read_text(encoding="utf-8")
    assert text.count("\nseen = ") == len(KNOWN)


# ---- what is cited -------------------------------------------------------------------------------


def cited(text):
    """(Name of the first author, year) of every work that a text names."""
    found = CITED.findall(re.sub(r"\s+", " ", text))
    return {(name, int(year)) for name, year in found} - {
        (name, int(year)) for name, year in found if name in NO_NAMES
    }


def words_of(path):
    """What a file says: of a notebook the sources of its cells, of anything else all of it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])


def files_that_cite():
    for folder, pattern in (
        ("bonelab", "*.py"), ("bonelab", "*.toml"), ("lessons", "*.ipynb"),
        ("solutions", "*.ipynb"), ("docs", "*.md"), (".", "paper.md"), (".", "README.md"),
    ):  # fmt: skip
        looked = (ROOT / folder).rglob(pattern) if folder != "." else [ROOT / pattern]
        yield from (path for path in looked if path != _FILE)


def test_every_work_that_is_cited_is_in_the_bibliography():
    listed = {(r.authors.split(",")[0].rsplit(" ", 1)[0], r.year) for r in KNOWN.values()}
    found = {path.name: cited(words_of(path)) for path in files_that_cite()}
    assert len(set.union(*found.values())) > 80, "citations are still found"
    assert {name: works - listed for name, works in found.items() if works - listed} == {}


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("(Zaidi & Cardozo 2018)", {("Zaidi", 2018)}),
        ("Perelson and DeLisi\n(1980), doi:10", {("Perelson", 1980)}),
        ("Machado, Oliveira & Fernandes 2009", {("Machado", 2009)}),
        ("(Sølling et al. 2021; El-Masri et al., 2024)", {("Sølling", 2021), ("El-Masri", 2024)}),
        ("what Hanada et al. (2009) found", {("Hanada", 2009)}),
        ("| Ma 2001 | rat |", {("Ma", 2001)}),
        ("In 2018 a paper, on 30 November 2026, 2000 moves", set()),
    ],
)
def test_a_citation_is_found_however_it_is_written(text, works):
    assert cited(text) == works
