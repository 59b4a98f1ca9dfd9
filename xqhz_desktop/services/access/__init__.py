"""Who may do what: users, roles, passwords, encryption, the audit chain."""
