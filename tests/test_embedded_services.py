"""The private services: what the suite and `make run` stand on."""

from __future__ import annotations

import os
import urllib.request

import psycopg
import redis


def test_the_suite_has_its_own_database_with_vectors():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        assert connection.execute("select '[1,2]'::vector <-> '[1,2]'::vector").fetchone() == (0.0,)


def test_the_suite_has_its_own_valkey():
    assert redis.Redis.from_url(os.environ["REDIS_URL"]).ping()


def test_the_suite_has_its_own_embedding_server():
    url = os.environ["EMBEDDING_BASE_URL"].replace("/v1", "/health")
    assert urllib.request.urlopen(url).status == 200
