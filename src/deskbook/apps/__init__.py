"""Doors only: each builds what is asked for, calls one function and presents the result.

cli (the `deskbook` command), web (FastAPI with the pages mounted), worker (sync, score, index).
"""
