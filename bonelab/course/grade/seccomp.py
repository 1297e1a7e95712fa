"""System calls that no learner's code needs, and that get round the limits of the sandbox.

Memory that belongs to no process cannot be counted (memfd, System V and POSIX queues), keys outlive
the sandbox, and the rest are ways into the kernel. The filter answers them with "not permitted".
It is a program for the kernel's packet filter, eight bytes an instruction, as ``bwrap --seccomp``
reads it; see seccomp(2).
"""

import os
import platform
import struct

# name: numbers on x86-64 and on 64-bit ARM
REFUSED = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "sched_setaffinity": (203, 122),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
}
MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}  # name in the kernel, column
LOAD, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE = 0, 4  # where these stand in what the filter sees
ALLOW, NOT_PERMITTED = 0x7FFF0000, 0x00050001
X32 = 0x40000000  # a second numbering on x86-64


def program():
    """The filter for this machine, or b"" for a machine whose numbers are not known here."""
    if platform.machine() not in MACHINES:
        return b""
    architecture, column = MACHINES[platform.machine()]
    numbers = [pair[column] for pair in REFUSED.values()]
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 0, len(numbers) + 3, architecture),  # else to the refusal at the end
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_AT_LEAST, len(numbers) + 1, 0, X32),
    ]
    for place, number in enumerate(numbers):
        steps.append((JUMP_IF_EQUAL, len(numbers) - place, 0, number))
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, NOT_PERMITTED)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def open_program():
    """A file number to read the filter from, to be handed to bwrap; None if there is no filter."""
    content = program()
    if not content:
        return None
    reading, writing = os.pipe()
    os.write(writing, content)  # some 200 bytes: a pipe holds 4096 at least
    os.close(writing)
    return reading
