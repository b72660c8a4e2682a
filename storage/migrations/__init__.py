"""Alembic migrations; run through :func:`storage.migrate.upgrade`."""
