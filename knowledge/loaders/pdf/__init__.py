"""A PDF file as Markdown: `load` in reading.py, and a module for each step of understanding a page. Pure."""

from knowledge.loaders.pdf.reading import load

__all__ = ["load"]
