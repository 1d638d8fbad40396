"""A small table of needs and one of offers, and `tadamun match` over them."""

from __future__ import annotations

from click.testing import CliRunner

from tadamun.cli.match import command

NEEDS = """id,category,quantity,tier,waiting_days,community,lat,lon,from,until,requires
n1,food,3,0,4,north,31.95,35.93,,,
n2,food,2,1,9,north,31.96,35.94,2026-03-01,2026-03-02,halal|step-free
n3,beds,4,0,1,south,31.90,35.90,,,
n4,food,5,2,2,south,31.95,35.92,2026-03-01T08:00+02:00,,
"""


OFFERS = """id,category,quantity,divisible,lat,lon,reach_km,from,until,provides
o1,food,4,yes,31.951,35.931,10,,,halal
o2,food,2,yes,31.97,35.95,5,2026-03-02T23:00:00Z,,halal|step-free|car
o3,beds,5,no,31.91,35.91,20,,,
o4,food,9,yes,31.95,35.94,0.5,,2026-02-01,
"""


def run(*arguments):
    return CliRunner().invoke(command, list(arguments))


def match(*more):
    return run("needs.csv", "offers.csv", "--out", "matches.csv", "--certificate", "cert.json", *more)


def verify(matches="matches.csv", certificate="cert.json", *more):
    return run("verify", "needs.csv", "offers.csv", matches, certificate, *more)
