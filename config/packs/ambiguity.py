"""Terms of a pack that a text cannot tell apart."""

from collections import defaultdict
from collections.abc import Iterator

from config.packs.types import Pack


def shared_terms(pack: Pack) -> Iterator[str]:
    """A sentence for each strong term that names two issues at once."""
    for lang in sorted({lang for issue in pack.issues for lang in issue.terms}):
        issues: dict[str, list[str]] = defaultdict(list)
        for issue in pack.issues:
            for form in {form.casefold() for form in issue.terms.get(lang, ())}:
                issues[form].append(issue.id)
        for form, ids in sorted(issues.items()):
            if len(ids) > 1:
                yield f"{form!r} ({lang}) names {' and '.join(ids)}."
