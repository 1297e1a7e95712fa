"""Fixtures of the whole suite: the claims (see claims.py), repeatable property tests, a browser."""

import os
import shutil

import claims
import pytest
from hypothesis import settings

from bonelab.course.asking import answers_file

settings.register_profile("bonelab", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("bonelab")

_ROWS = []
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip


def pytest_addoption(parser):
    parser.addoption(
        "--claims-table", metavar="PATH", help="write the table of claims of this run to PATH"
    )


@pytest.fixture(autouse=True, scope="module")
def first_week():
    """What the tests of one file share finds no answers of another file's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers_file, "_session", answers_file.Kept())
        yield


@pytest.fixture(autouse=True)
def first_evening(monkeypatch):
    """No test finds the answers of another one, or those of whoever runs the tests."""
    monkeypatch.setattr(answers_file, "_session", answers_file.Kept())


@pytest.fixture(autouse=True)
def own_picture():
    """In a run of mutants no test is shown the picture of another one (docs/mutations.md)."""
    if "BONELAB_DRAW_ANEW" in os.environ:
        from pictures import forget

        forget()


@pytest.fixture(scope="session")
def chromium():
    """A browser for all tests of this process: playwright allows one driver in each."""
    reason = "no playwright here: python -m pip install playwright"
    api = pytest.importorskip("playwright.sync_api", reason=reason)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium here: install it, or set CHROMIUM to its path")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def claim(request):
    """Check a number against the band of a claim and record it: see tests/claims.py."""
    return claims.Claim(request.node)


def pytest_runtest_logreport(report):
    if report.when == "call" and report.passed:
        place = report.location[:2]
        _ROWS.extend((place, row) for key, row in report.user_properties if key == "claim")


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    path = config.getoption("--claims-table")
    if path and exitstatus:
        terminalreporter.line(f"{path} not written: not every test passed", red=True)
    elif path:
        rows = [row for _, row in sorted(_ROWS, key=lambda item: item[0])]
        claims.write_table(path, rows)
        terminalreporter.line(f"wrote {len(rows)} rows to {path}")
