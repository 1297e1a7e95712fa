"""System calls that no learner's code needs: ways round the limits, and ways to be noticed.

Several sandboxes read the same files of Python and its libraries. Whatever the kernel keeps with
such a file (locks, leases, watches, hints, futexes, which pages are in memory) would carry words
from one to the other; memory that belongs to no process could not be counted; the rest tells of the
whole machine, outlives the sandbox, or is a way into the kernel. The answer to all of them is "not
permitted". ``call_filter`` makes the kernel's program of it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Call:
    """A system call's numbers on x86-64 and on 64-bit ARM; None where a machine has it not."""

    x86: int | None
    arm: int | None


@dataclass(frozen=True)
class OnlyIf:
    """Allowed only if the argument, masked, is one of ``values``; or (``refuse``) if it is not."""

    call: Call
    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    refuse: bool = False


MMAP = Call(9, 222)
FCNTL = Call(72, 25)
SOCKET = Call(41, 198)
SOCKETPAIR = Call(53, 199)
IOCTL = Call(16, 29)
MADVISE = Call(28, 233)
FUTEX = Call(202, 98)

REFUSED = {
    # kept with a file that others read too
    "flock": Call(73, 32),
    "inotify_init": Call(253, None),
    "inotify_init1": Call(294, 26),
    "inotify_add_watch": Call(254, 27),
    "fanotify_init": Call(300, 262),
    "fanotify_mark": Call(301, 263),
    "name_to_handle_at": Call(303, 264),
    "open_by_handle_at": Call(304, 265),
    "remap_file_pages": Call(216, 234),
    "futex_waitv": Call(449, 449),
    "futex_wake": Call(454, 454),
    "futex_wait": Call(455, 455),
    "futex_requeue": Call(456, 456),
    # which pages of a file are in memory, and taking them out
    "mincore": Call(27, 232),
    "cachestat": Call(451, 451),
    "preadv2": Call(327, 286),
    "pwritev2": Call(328, 287),
    "fadvise64": Call(221, 223),
    "readahead": Call(187, 213),
    "sync": Call(162, 81),
    "syncfs": Call(306, 267),
    "process_madvise": Call(440, 440),
    # memory that no process holds
    "memfd_create": Call(319, 279),
    "memfd_secret": Call(447, 447),
    "shmget": Call(29, 194),
    "msgget": Call(68, 186),
    "semget": Call(64, 190),
    "mq_open": Call(240, 180),
    "sendmsg": Call(46, 211),  # sockets within sockets
    "sendmmsg": Call(307, 269),
    "setsockopt": Call(54, 208),
    "vmsplice": Call(278, 75),
    "io_uring_setup": Call(425, 425),
    # the whole machine, and what outlives a sandbox
    "sysinfo": Call(99, 179),
    "syslog": Call(103, 116),
    "statfs": Call(137, 43),
    "fstatfs": Call(138, 44),
    "ustat": Call(136, None),
    "add_key": Call(248, 217),
    "request_key": Call(249, 218),
    "keyctl": Call(250, 219),
    "ioprio_set": Call(251, 30),
    "ioprio_get": Call(252, 31),
    "sched_setaffinity": Call(203, 122),
    "lookup_dcookie": Call(212, 18),
    # into other processes and the kernel
    "ptrace": Call(101, 117),
    "process_vm_readv": Call(310, 270),
    "process_vm_writev": Call(311, 271),
    "kcmp": Call(312, 272),
    "pidfd_getfd": Call(438, 438),
    "bpf": Call(321, 280),
    "perf_event_open": Call(298, 241),
    "userfaultfd": Call(323, 282),
    "unshare": Call(272, 97),
    "setns": Call(308, 268),
    "mount": Call(165, 40),
    "umount2": Call(166, 39),
    "pivot_root": Call(155, 41),
    "chroot": Call(161, 51),
    "open_tree": Call(428, 428),
    "move_mount": Call(429, 429),
    "fsopen": Call(430, 430),
    "fsconfig": Call(431, 431),
    "fsmount": Call(432, 432),
    "fspick": Call(433, 433),
    "mount_setattr": Call(442, 442),
}

# Calls that kernels got later tell of mounts and of much else; to programs they are not there.
NEWEST = 456

PROT_WRITE, MAP_SHARED, MAP_ANONYMOUS = 2, 0x01, 0x20
PRIVATE, WAKES = 0x80, (1, 10)  # of futexes: a mark, and two commands that nobody can wait for
MERGEABLE = 12  # an advice that lets the kernel merge like pages of several processes
CONDITIONS = (
    # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL and F_DUPFD_CLOEXEC: no locks, leases, watches,
    # hints, or larger pipes
    OnlyIf(FCNTL, 1, (0, 1, 2, 3, 4, 1030)),
    # is it a terminal, how wide, how much waits, blocking, close-on-exec
    OnlyIf(IOCTL, 1, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    # AF_UNIX: none that reaches the host, and no network, not even one's own: the memory of all
    # its sockets is counted for the whole machine
    OnlyIf(SOCKET, 0, (1,)),
    OnlyIf(SOCKETPAIR, 0, (1,)),
    OnlyIf(MMAP, 3, (MAP_SHARED | MAP_ANONYMOUS,), MAP_SHARED | MAP_ANONYMOUS, refuse=True),
    OnlyIf(MADVISE, 2, (MERGEABLE,), refuse=True),
)
# Shared and for reading only is how two sandboxes could map one file, and wake each other there.
SHARED_READING = (MMAP, 3, MAP_SHARED, 2, PROT_WRITE)
# A page of a file, also one that is mapped for oneself and for reading only, is where two sandboxes
# could wait for each other. So who waits there, and not within one's own process (the first of
# these numbers), is told at once that a signal came or that the time is up: the C library looks
# again then, at the end of a thread or a lock between processes. The others wake, or try to.
WAITING = (FUTEX, 1, PRIVATE, WAKES, 3)
