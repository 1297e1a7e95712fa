"""What a learner is asked and what he or she answered: questions, verdicts, kept answers.

This room stands below the labs, which ask questions too; it knows nothing of bone.

    bank.py           reads the questions of the lessons from ``bonelab/course/questions/``
    prediction.py     a question, what counts as an answer to it, and the answer beside the truth
    answers_file.py   the one file in the learner's folder that remembers the answers
    widgets.py        buttons, text boxes that read numbers, and where the focus goes
    checks.py         ``bl.check`` and ``bl.predict``
    reveal.py         ``bl.reveal``: shown once the question is answered or skipped
"""
