"""Numbers to figures and paper."""
