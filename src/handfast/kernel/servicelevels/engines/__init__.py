"""Engines answer typed questions about records in whole numbers; they alone touch record files."""
