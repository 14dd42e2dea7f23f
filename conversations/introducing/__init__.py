"""What customers are asked before the chat: what is open for whom, their answers checked and kept. Apart from
`shown.py` it knows no page, so that a channel without forms can ask one by one."""
