"""Columns from text: its language, its mood by lexicon and by meaning, and the label chosen.

Batches over Arrow, on as many cores as the caller gives; models come inside packages, nothing is fetched.
"""

from deskbook.text.cleaning import clean
from deskbook.text.embedding import Embedder, MiniLM
from deskbook.text.scoring import LABELS, SCORERS, Method, label, score_texts, scorer_name

__all__ = ["LABELS", "SCORERS", "Embedder", "Method", "MiniLM", "clean", "label", "score_texts", "scorer_name"]
