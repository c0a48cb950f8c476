"""The words questions are put in, one module a language; the parser itself knows none.

A module declares the names of `en.py`. Patterns are regular expressions on lower-case text.
"""
