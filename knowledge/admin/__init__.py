"""The knowledge base in the admin site."""

from knowledge.admin import documents, imports, jobs, sources, synonyms

__all__ = ["documents", "imports", "jobs", "sources", "synonyms"]
