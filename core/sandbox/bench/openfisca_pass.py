"""Asks OpenFisca's template country for a city of made-up people; run in an environment of its own.

Of everybody: age, basic income, income tax and social security contribution of a month, each of
which is a formula. Prints JSON. Imported by nothing: OpenFisca is not among what the portal needs.
"""

import json
import sys
import time
from importlib import import_module

FORMULAS = ("age", "basic_income", "income_tax", "social_security_contribution")
MONTH = "2017-01"


def main(persons: int) -> None:
    numpy = import_module("numpy")
    country = import_module("openfisca_country_template")
    builder = import_module("openfisca_core.simulations").SimulationBuilder()
    system = country.CountryTaxBenefitSystem()
    simulation = builder.build_default_simulation(system, count=persons)
    draw = numpy.random.default_rng(7)
    months = draw.integers(0, 1_000, persons)
    births = numpy.datetime64("1930-01") + months.astype("timedelta64[M]")
    simulation.set_input("birth", MONTH, births.astype("datetime64[D]"))
    simulation.set_input("salary", MONTH, draw.integers(0, 8_000, persons).astype("float32"))
    began = time.perf_counter()
    for formula in FORMULAS:
        simulation.calculate(formula, MONTH)
    seconds = time.perf_counter() - began
    told = {"seconds": seconds, "rate": persons * len(FORMULAS) / seconds}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
