"""The language of a page's text, where it is plain to see.

Templates state a language that is not always the article's; a wrong one would lose the article.
The commonest words show the three languages that we read; what they don't show is left to the
page's own statement and, without one, to the extractors' language model.
"""

import re
from collections import Counter

from monitor.articles.cues import common_words

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 3000
_MIN_WORDS = 40
_MIN_SHARE = 0.06
_CLEARLY_MORE = 2


def plain_language(text: str) -> str | None:
    """The code of the language whose commonest words fill the beginning of *text*."""
    words = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    total = words.total()
    if total < _MIN_WORDS:
        return None
    counts = {lang: sum(words[word] for word in own) for lang, own in common_words().items()}
    (best, most), (_, second) = sorted(counts.items(), key=lambda item: -item[1])[:2]
    return best if most >= _MIN_SHARE * total and most >= _CLEARLY_MORE * second else None
