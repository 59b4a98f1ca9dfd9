"""What is typed: cells and blocks, read like an import, checked whole, written as one action."""
