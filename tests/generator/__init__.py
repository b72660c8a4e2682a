"""A press of known truth: copies, partial quotes, edits, traps, in three languages."""
