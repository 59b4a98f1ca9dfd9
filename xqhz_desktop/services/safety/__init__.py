"""That nothing is lost: attachments, backups, restores, exports that rebuild, other places."""
