"""Judges answers: questions whose answers are known, asked of any answerer, scored by one scale.

`make_desk` writes a desk with known causes, `make_questions` asks about it, `judge` and `sum_up` score.
"""
