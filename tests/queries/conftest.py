from tests.access.conftest import no_page_tells_how_it_was_made

__all__ = ["no_page_tells_how_it_was_made"]
