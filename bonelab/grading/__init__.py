"""Marks for exercises, checked at home and graded behind a wall. Knows nothing of any subject.

What a course has of its own (objects that may be answers, libraries, errors in words) it hands in
as a ``subject.TaughtSubject``. Nothing here imports anything of bonelab outside this room, so that
it could leave the house as a package. See docs/teachers-grading.md and docs/writing-exercises.md.
"""
