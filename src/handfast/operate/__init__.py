"""Operate: service levels measured, statements issued and agreed, credits decided."""
