"""The demo: the whole service on a made-up press world, offline, on a database of its own."""
