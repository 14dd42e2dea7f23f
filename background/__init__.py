"""Background work: what is under way, and whether anybody does it.

`chatbot.jobs` knows the kinds of work, which the apps above tell it. Here are the page that lists them and
the canary that shows whether beat rings and the worker works.
"""
