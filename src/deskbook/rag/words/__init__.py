"""The words questions are put in, one module a language of one shape; the parser itself knows none."""

from deskbook.rag.words.form import DateWords, Words
from deskbook.rag.words.told import LANGUAGES, language_of, words_of

__all__ = ["LANGUAGES", "DateWords", "Words", "language_of", "words_of"]
