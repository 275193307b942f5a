"""Welfare services, real and generated, as gov24 and Bokjiro tell of the same ones."""
