from tests.access.conftest import built, world

__all__ = ["built", "world"]
