"""Instances in folders and databases of their own; on PostgreSQL when the run is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operating.instances import Instance, copy_of, new_database, server_url

BEGUN = """
from django.utils import timezone
from tests.aid import make
community = make.make_community(slug="olive", at=timezone.now())
make.make_area(community)
make.make_coordinator(community)
make.make_request(community, at=timezone.now())
print("null")
"""


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance with a community in it, made once and copied for each test."""
    instance = Instance(
        home=tmp_path_factory.mktemp("begun") / "home", database=new_database() if server_url() else ""
    )
    instance.run("community", "list")
    instance.python(BEGUN)
    yield instance
    instance.end()


@pytest.fixture(scope="session")
def copy(begun: Instance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of that instance, without its key and without a passphrase."""
    target = tmp_path_factory.mktemp("copies") / "copy"
    begun.run("backup", target)
    return target


@pytest.fixture
def instance(begun: Instance, tmp_path: Path) -> Iterator[Instance]:
    """An instance with the community `olive`, an area and a coordinator."""
    made = copy_of(begun, home=tmp_path / "home")
    yield made
    made.end()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Callable[..., Instance]]:
    """Make an empty folder and database: `elsewhere()`, or `elsewhere(sqlite=True)`."""
    made: list[Instance] = []

    def make(*, sqlite: bool = False) -> Instance:
        database = new_database() if server_url() and not sqlite else ""
        made.append(Instance(home=tmp_path / f"elsewhere-{len(made)}", database=database))
        return made[-1]

    yield make
    for one in made:
        one.end()
