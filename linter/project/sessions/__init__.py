"""Engines, connections and sessions of SQLAlchemy at work."""
