"""What customers are asked before the chat: their name, an address, whatever staff need to know first."""
