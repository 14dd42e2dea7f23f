"""Files that customers send: taken in, looked at, kept, shown and forgotten.

No Django here: `reader.py` and what it imports run in the reading process (untrusted/process.py).
"""
