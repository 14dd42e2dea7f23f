"""Tools in free conversation: what a model may call by itself, where no flow deals with a message.

`offering` says which, `desk` has them called within a reply, `results` makes of what they bring a source like
a passage, `rounds` lets the model go on with it, `confirming` asks the customer before anything is changed.
Why so: docs/decisions/0019-tools-in-free-conversation.md.
"""
