"""Two evenings with a lesson: what was answered on the first is there on the second."""

import json
from pathlib import Path

import pytest

from bonelab.course.asking.bank import question
from bonelab.course.asking.checks import LETTERS

CELLS = ["import bonelab as bl\nbl.labs.culture_dish()", 'bl.predict("1.1")', 'bl.check("1.1")']
OPTIONS = question("check", "1.1")["options"]
RIGHT = next(i for i, option in enumerate(OPTIONS) if option.get("right"))
LETTER, CHOSEN = LETTERS[RIGHT], OPTIONS[RIGHT]["text"]
WAKE = "choose Run All Cells in the menu Run"
ASLEEP = ".bonelab-still:visible"
AWAKE = ".bonelab-lab:visible, .bonelab-check:visible"


@pytest.fixture(scope="module")
def evening(chromium, server, tmp_path_factory):
    """A notebook in which somebody has answered everything, saved."""
    from conftest import Notebook, write

    write(Path(server.folder, "evening.ipynb"), CELLS)
    book = Notebook(chromium, server, "evening", height=1600)
    book.run()
    book.card(2).wait_for()
    box = book.card(0).locator(".bonelab-answers input")
    box.press_sequentially("55")
    box.press("Enter")
    book.card(0).get_by_text("You predicted 55").wait_for()
    dose = book.card(0).get_by_label("RANKL (ng/ml), as a number")
    dose.fill("10")
    dose.press("Enter")
    book.card(0).get_by_text("with 10 ng/ml RANKL").wait_for()
    book.card(1).locator(".bonelab-answers input").press_sequentially("30")
    book.card(1).get_by_role("button", name="This is my prediction").click()
    book.card(2).get_by_role("button", name=f"{LETTER}. {CHOSEN}").click()
    book.card(2).get_by_text("✓ Right.").wait_for()
    stills_follow(book.page)
    book.save()
    yield book
    book.page.close()


def stills_follow(page):
    """Wait for the still copies, which follow when nothing moves any more."""
    page.wait_for_function(
        "words => words.every(word => [...document.querySelectorAll('.bonelab-still')]"
        ".some(still => still.textContent.includes(word)))",
        arg=[
            "You predicted 55",
            "with 10 ng/ml RANKL",
            "Your prediction: 30%",
            f"You chose {LETTER}.",
        ],
    )


def stills(page):
    """The texts of the still copies that are seen."""
    page.locator(ASLEEP).nth(2).wait_for()
    return [still.inner_text() for still in page.locator(ASLEEP).all()]


def asleep(page):
    """What a lesson without its kernel shows is what it showed, and how to wake it."""
    lab, prediction, check = stills(page)
    for still in (lab, prediction, check):
        assert WAKE in still
    assert "You predicted 55 ng/ml, and the run gives" in lab
    assert "with 10 ng/ml RANKL" in lab
    assert page.locator(f"{ASLEEP} img").count() == 1
    assert "Your prediction: 30%" in prediction
    assert f"You chose {LETTER}. Right." in check
    assert page.locator(AWAKE).count() == 0
    assert page.get_by_text("model not found").filter(visible=True).count() == 0
    icons = page.locator(".jupyter-widgets-disconnected").filter(visible=True)
    assert icons.count() == 0, "no red icons"


def awake(page):
    """Everything is back with its feedback, and moves."""
    lab, prediction, check = (page.locator(AWAKE).nth(i) for i in range(3))
    check.wait_for()
    lab.get_by_text("You predicted 55").wait_for()
    assert lab.get_by_label("RANKL (ng/ml), as a number").input_value() == "10"
    assert prediction.get_by_text("Your prediction: 30%").is_visible()
    assert check.get_by_text("✓ Right.").is_visible()
    assert page.locator(ASLEEP).count() == 0
    lab.get_by_label("RANKL (ng/ml), as a number").fill("20 ng/ml")
    lab.get_by_label("RANKL (ng/ml), as a number").press("Enter")
    lab.get_by_text("with 20 ng/ml RANKL").wait_for()
    lab.get_by_label("RANKL (ng/ml), as a number").fill("10")
    lab.get_by_label("RANKL (ng/ml), as a number").press("Enter")
    lab.get_by_text("with 10 ng/ml RANKL").wait_for()
    stills_follow(page)


def test_the_file_in_the_learners_folder_is_readable(evening):
    data = json.loads(Path(evening.server.folder, "answers.json").read_text(encoding="utf-8"))
    assert data["labs"]["culture_dish"]["settings"] == {"rankl": 10}
    assert data["labs"]["culture_dish"]["prediction"]["answer"] == 55
    assert data["predictions"]["1.1"]["answer"] == 30
    assert data["checks"]["1.1"]["choices"] == [CHOSEN]


def test_while_it_runs_the_still_copies_are_hidden(evening):
    assert evening.page.locator(AWAKE).count() == 3
    assert evening.page.locator(ASLEEP).count() == 0


def test_a_restart_of_the_kernel_puts_the_cards_to_sleep(evening):
    evening.page.evaluate(
        "() => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart()"
    )
    asleep(evening.page)
    evening.run()
    awake(evening.page)


def test_a_shutdown_of_the_kernel_puts_the_cards_to_sleep(evening):
    evening.save()
    evening.page.evaluate("() => jupyterapp.shell.currentWidget.context.sessionContext.shutdown()")
    asleep(evening.page)


def test_the_next_day_in_jupyterlab(evening, chromium):
    from conftest import Notebook

    evening.server.stop_kernels()
    book = Notebook(chromium, evening.server, "evening", height=1600)
    asleep(book.page)
    book.run()
    awake(book.page)
    book.save()
    book.page.close()
    evening.server.stop_kernels()


def test_the_next_day_with_another_server(evening, chromium):
    """The computer was off over night; in the morning the page of yesterday is loaded again."""
    from conftest import Notebook

    yesterday = Notebook(chromium, evening.server, "evening", height=1600)
    yesterday.run()
    awake(yesterday.page)
    yesterday.save()
    before = evening.server.process.pid
    evening.server.stop()
    evening.server.start()
    assert evening.server.process.pid != before
    yesterday.page.goto(evening.server.address("evening.ipynb"))
    asleep(yesterday.page)
    yesterday.run()
    awake(yesterday.page)
    yesterday.page.close()
    evening.server.stop_kernels()


def test_the_next_day_in_notebook_7(evening, chromium):
    pytest.importorskip("notebook", minversion="7", reason="no Notebook 7 here")
    page = chromium.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(600_000)
    server = evening.server
    page.goto(f"http://127.0.0.1:{server.port}/notebooks/evening.ipynb?token={server.token}")
    asleep(page)
    run_in_notebook_7(page, server)
    awake(page)
    page.close()
    server.stop_kernels()


def run_in_notebook_7(page, server):
    """Choose Run All Cells, as soon as the page and its kernel have found each other."""
    while not found_each_other(server):
        page.wait_for_timeout(500)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def found_each_other(server):
    """Has a page a kernel that rests? A server that is putting kernels away cannot say."""
    try:
        kernels = server.ask("api/kernels")
    except OSError:
        return False
    return any(one["connections"] and one["execution_state"] == "idle" for one in kernels)


CUT_OFF = "load the page again"
KERNEL = "jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"


def test_a_page_that_stays_open_while_its_server_ends_does_not_look_alive(evening, chromium):
    from conftest import Notebook

    server = evening.server
    book = Notebook(chromium, server, "evening", height=1600)
    stay_open(book.page, server, book.run)
    book.page.goto(server.address("evening.ipynb"))
    asleep(book.page)
    assert not cut_off(book.page), "it was loaded again"
    book.run()
    awake(book.page)
    book.page.close()
    server.stop_kernels()


def test_nor_does_it_in_notebook_7(evening, chromium):
    pytest.importorskip("notebook", minversion="7", reason="no Notebook 7 here")
    server = evening.server
    page = chromium.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(600_000)
    page.goto(f"http://127.0.0.1:{server.port}/notebooks/evening.ipynb?token={server.token}")

    stay_open(page, server, lambda: run_in_notebook_7(page, server))
    page.close()


def test_a_page_that_loses_its_network_for_a_moment_wakes_by_itself(evening, chromium):
    from conftest import Notebook

    server = evening.server
    book = Notebook(chromium, server, "evening", height=1600)
    book.run()
    awake(book.page)
    book.page.evaluate(
        f"() => {{ const kernel = {KERNEL}; window.open_socket = kernel._createSocket;"
        " kernel._createSocket = () => {}; kernel.reconnect(); }"
    )
    asleep(book.page)
    book.page.evaluate(
        f"() => {{ const kernel = {KERNEL}; kernel._createSocket = window.open_socket;"
        " kernel.reconnect(); }"
    )
    awake(book.page)
    book.page.close()
    server.stop_kernels()


def stay_open(page, server, run):
    """Run the lesson, and let the server end and come back under it."""
    run()
    awake(page)
    page.wait_for_timeout(3000)  # the dose is kept when nothing has moved for a moment
    server.stop()
    asleep(page)
    assert cut_off(page)
    server.start()
    page.wait_for_timeout(3000)
    asleep(page)


def cut_off(page):
    """Are the words that call for loading the page again seen?"""
    words = "part => getComputedStyle(part, '::before').content"
    told = [part.evaluate(words) for part in page.locator(f"{ASLEEP} .bonelab-wake").all()]
    assert len(set(told)) == 1
    return CUT_OFF in told[0]
