"""Pictures and views of operate: frozen values that templates draw, made from bodies and stories alone."""
