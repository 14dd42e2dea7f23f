from tests.flows.editing import ada, browser, returns

__all__ = ["ada", "browser", "returns"]
