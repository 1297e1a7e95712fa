"""Drawing: takes a Run, draws it, computes nothing. ``style`` holds the course's colours."""
