"""``bonelab grade``: mark what students hand in. See docs/teachers-grading.md."""


def main(argv):
    """``bonelab grade SUBMISSIONS --out DIR`` or ``bonelab grade merge DIR``; the exit code."""
    from bonelab.grading import command

    return command.main(argv, _bone)


def _bone():
    from bonelab.course.subject_for_grading import BONE

    return BONE
