"""Receivers of Django's signals, and the rows that they and others create."""
