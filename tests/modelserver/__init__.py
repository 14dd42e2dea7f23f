"""A scripted model server: the OpenAI wire protocol over real HTTP, with scripts and faults per test.

It is the only double in this project. Everything else the tests talk to is real.
"""
