"""Fixtures that every test may use; the private services are started by `tests.services_plugin`."""

pytest_plugins = ["tests.services_plugin", "tests.modelserver.fixtures"]
