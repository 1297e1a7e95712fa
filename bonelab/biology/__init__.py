"""The biology: pure functions of numbers and arrays, one mechanism per file."""
