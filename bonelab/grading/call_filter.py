"""``refused_calls`` as a program for the kernel's packet filter, as ``bwrap --seccomp`` reads it.

Eight bytes an instruction; see seccomp(2). A jump says how many instructions to skip.
"""

import os
import platform
import struct

from bonelab.grading.refused_calls import CONDITIONS, NEWEST, REFUSED, SHARED_READING, WAITING

MACHINES = {"x86_64": (0xC000003E, "x86"), "aarch64": (0xC00000B7, "arm")}
LOAD, AND, RETURN = 0x20, 0x54, 0x06
JUMP_IF_EQUAL, JUMP_IF_AT_LEAST = 0x15, 0x35
NUMBER, ARCHITECTURE = 0, 4  # where these stand in what the filter sees
ALLOW, NOT_PERMITTED, NOT_IMPLEMENTED = 0x7FFF0000, 0x00050001, 0x00050026
INTERRUPTED, TIMED_OUT = 0x00050004, 0x0005006E
X32 = 0x40000000  # a second numbering on x86-64, which no library uses
REFUSE = (RETURN, 0, 0, NOT_PERMITTED)


def argument(place):
    """Where the lower half of an argument stands: the kernel reads no more of those named here."""
    return 16 + 8 * place


def program():
    """The filter for this machine, or b"" for a machine whose numbers are not known here."""
    if platform.machine() not in MACHINES:
        return b""
    architecture, column = MACHINES[platform.machine()]
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        REFUSE,
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_AT_LEAST, 0, 1, X32),
        REFUSE,
        (JUMP_IF_AT_LEAST, 0, 1, NEWEST + 1),
        (RETURN, 0, 0, NOT_IMPLEMENTED),
    ]
    for call in REFUSED.values():
        if (number := getattr(call, column)) is not None:
            steps += [(JUMP_IF_EQUAL, 0, 1, number), REFUSE]
    for condition in CONDITIONS:
        steps += _condition(condition, column)
    steps += _shared_reading(column) + _waiting(column)
    steps.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _condition(condition, column):
    values = condition.values
    load = [
        (LOAD, 0, 0, argument(condition.argument)),
        (AND, 0, 0, condition.mask),
    ]
    # on a value named: past the other values (and, if it is allowed so, past the refusal)
    extra = 0 if condition.refuse else 1
    tests = [
        (JUMP_IF_EQUAL, len(values) - 1 - place + extra, 0, value)
        for place, value in enumerate(values)
    ]
    if condition.refuse:  # none matched: past the refusal
        tests[-1] = (JUMP_IF_EQUAL, 0, 1, values[-1])
    body = [*load, *tests, REFUSE, (LOAD, 0, 0, NUMBER)]
    return [(JUMP_IF_EQUAL, 0, len(body), getattr(condition.call, column)), *body]


def _shared_reading(column):
    call, flags, shared, protection, writes = SHARED_READING
    body = [
        (LOAD, 0, 0, argument(flags)),
        (AND, 0, 0, shared),
        (JUMP_IF_EQUAL, 0, 4, shared),
        (LOAD, 0, 0, argument(protection)),
        (AND, 0, 0, writes),
        (JUMP_IF_EQUAL, 1, 0, writes),
        REFUSE,
        (LOAD, 0, 0, NUMBER),
    ]
    return [(JUMP_IF_EQUAL, 0, len(body), getattr(call, column)), *body]


def _waiting(column):
    call, command, private, wakes, until = WAITING
    tests = [(JUMP_IF_EQUAL, 3 + len(wakes) - place, 0, wake) for place, wake in enumerate(wakes)]
    body = [
        (LOAD, 0, 0, argument(command)),
        (AND, 0, 0, private),
        (JUMP_IF_EQUAL, 6 + len(wakes), 0, private),
        (LOAD, 0, 0, argument(command)),
        (AND, 0, 0, private - 1),
        *tests,
        (LOAD, 0, 0, argument(until)),
        (JUMP_IF_EQUAL, 0, 1, 0),
        (RETURN, 0, 0, INTERRUPTED),
        (RETURN, 0, 0, TIMED_OUT),
        (LOAD, 0, 0, NUMBER),
    ]
    return [(JUMP_IF_EQUAL, 0, len(body), getattr(call, column)), *body]


def open_program():
    """A file number to read the filter from, to be handed to bwrap; None if there is no filter."""
    content = program()
    if not content:
        return None
    reading, writing = os.pipe()
    os.write(writing, content)  # some 1700 bytes: a pipe holds 4096 at least
    os.close(writing)
    return reading
