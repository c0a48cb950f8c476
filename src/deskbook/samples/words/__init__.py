"""What people write to a support desk, in five languages: data, no logic.

`LEXICON[language][section][field]` holds the phrases; a section is a reason, an incident or `voice`.
"""

from deskbook.samples.words.form import LANGUAGES, Wording
from deskbook.samples.words.lexicon import LEXICON

__all__ = ["LANGUAGES", "LEXICON", "Wording"]
