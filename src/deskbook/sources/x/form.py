"""What a person fills in to add X on the Sources page."""

from __future__ import annotations

from typing import Final

from deskbook.sources.forms import form, form_of
from deskbook.sources.x.options import XOptions

FORM: Final = form.add(
    "x",
    form_of(
        XOptions,
        title="X",
        reads="Posts that mention your accounts, your answers, and what a search of the last seven days finds.",
        shown=("accounts", "bearer_token", "query", "posts_a_month"),
        without=("find", "base_url"),
        accounts={"example": "NorthlightCare", "help": "Names of your own accounts, one a line.", "required": False},
        bearer_token={"label": "Bearer token", "help": "Of your app in X's developer console.", "required": True},
        query={"example": "(northlight OR #northlight) -is:retweet lang:en", "help": "In X's operators; or leave it."},
        posts_a_month={"label": "Most posts a month", "help": "X charges for each; nothing is asked beyond."},
    ),
)
