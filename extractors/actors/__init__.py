"""Who is meant: names, roles and pronouns of a document, and the packs' people behind them."""
