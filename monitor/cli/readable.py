"""An extraction told to a person."""

from collections.abc import Iterator

from extractors.types import Deadline, Document, Extraction, IssueMention, Quote


def describe_extraction(document: Document, found: Extraction, *, explain: bool) -> Iterator[str]:
    """Lines that say what was found; with *explain*, by which rule and how sure."""
    published = document.published.isoformat() if document.published else "unknown"
    yield f"Language {found.lang} · published {published} · relevance {found.relevance.score:.2f}"
    if document.published is None:
        yield "  Days such as “Wednesday” need the day of publication: give it with --published."
    if explain:
        yield f"  relevance: {found.relevance.reason}"
    yield f"\nQuotes ({len(found.quotes)})"
    for quote in found.quotes:
        yield from _quote(document.text, quote, explain)
    yield f"\nDeadlines ({len(found.deadlines)})"
    for deadline in found.deadlines:
        yield from _deadline(document.text, deadline, explain)
    yield f"\nIssues ({len(found.issues)})"
    for mention in found.issues:
        yield from _issue(document.text, mention, explain)
    yield f"\nDates ({len(found.dates)})"
    for item in found.dates:
        rule = f"   [{item.rule}]" if explain else ""
        yield f"  {item.span.of(document.text)} → {item.value or 'not resolved'}{rule}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quote(text: str, quote: Quote, explain: bool) -> Iterator[str]:
    speaker = quote.speaker
    who = (
        (speaker.name or (speaker.mention.of(text) if speaker.mention else None))
        if speaker
        else None
    )
    about = (
        ", ".join(filter(None, (speaker.role, speaker.organisation, speaker.party)))
        if speaker
        else ""
    )
    yield f"  {who or 'Unknown speaker'}{f' ({about})' if about else ''}, {quote.kind.value}:"
    yield f"    {_one_line(quote.text_in(text))}"
    if explain:
        cue = f"cue “{quote.cue.of(text)}”" if quote.cue else "no cue"
        yield f"    [{cue}; {quote.rule}; confidence {quote.confidence:.2f}]"


def _deadline(text: str, deadline: Deadline, explain: bool) -> Iterator[str]:
    start, end = deadline.start, deadline.end
    when = f"{start or '…'} to {end or '…'} (exclusive)" if start or end else "no date"
    if start and end and (end - start).days == 1:
        when = start.isoformat()
    yield f"  {_one_line(deadline.span.of(text))} → {when}: {deadline.kind.value}, {deadline.what}"
    if deadline.set_by:
        yield f"    set by {deadline.set_by.text}"
    if deadline.consequence:
        yield f"    if missed: {_one_line(deadline.consequence)}"
    if explain:
        sure = f"{deadline.certainty.value}; confidence {deadline.confidence:.2f}"
        yield f"    [{deadline.rule}; {sure}]"


def _issue(text: str, mention: IssueMention, explain: bool) -> Iterator[str]:
    holder = mention.party or "no party"
    named = _one_line(mention.span.of(text))
    yield f"  {mention.issue}: {holder} {mention.stance.value} (“{named}”)"
    if explain:
        yield f"    [{mention.rule}; confidence {mention.confidence:.2f}]"
