"""The look at a page's accessibility: ``accessibility.js``, run in a browser."""

from pathlib import Path

# Returns its findings as sentences.
FINDINGS = Path(__file__).with_name("accessibility.js").read_text(encoding="utf-8")
