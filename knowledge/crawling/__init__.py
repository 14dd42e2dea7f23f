"""Reading a company's public pages: which addresses, in what order and how fast, and what an answer holds.

All of it is pure but `visiting`, which alone calls anybody (through chatbot.outgoing); what is known of each
page is kept by the caller.
"""
