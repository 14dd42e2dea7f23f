"""The services that `make run` starts for you, and the supervisor that looks after them.

Every service that is not embedded (its variable is set: DATABASE_URL, REDIS_URL, EMBEDDING_BASE_URL) is
left alone. Nothing here knows the product's models; the supervisor runs `manage.py` commands as children.
"""
