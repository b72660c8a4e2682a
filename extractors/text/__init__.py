"""Text as the extractors see it: folding, paragraphs, sentences, language."""
