from tests.access.conftest import built, no_page_tells_how_it_was_made, world

__all__ = ["built", "no_page_tells_how_it_was_made", "world"]
