"""The collector of garbage, which passes over the libraries."""

import gc

from small_lab import make

from bonelab.labs.collector import SOON, collect_at_rest, spare_what_stays


def test_the_collector_passes_over_what_stood_before_the_first_lab_and_only_that():
    spare_what_stays.cache_clear()
    gc.unfreeze()
    try:
        make().card  # noqa: B018
        spared = gc.get_freeze_count()
        assert spared > 10_000, "the libraries"
        make().card  # noqa: B018
        assert gc.get_freeze_count() <= spared, "what a lab makes is looked at"
    finally:
        gc.unfreeze()


def test_garbage_is_collected_at_rest_once_python_would_do_it_soon():
    assert 2 < SOON < 10, "before Python does it, which is at ten, but not at every rest"
    gc.collect()
    enabled = gc.isenabled()
    gc.disable()  # only what is asked for counts here
    try:
        for _ in range(SOON - 1):
            gc.collect(1)
        collect_at_rest()
        assert gc.get_count()[2] == SOON - 1  # not yet
        gc.collect(1)
        collect_at_rest()
        assert gc.get_count()[2] == 0
    finally:
        if enabled:
            gc.enable()
