"""Handfast: the system in which a client and its providers run the whole life of an outsourcing engagement."""
