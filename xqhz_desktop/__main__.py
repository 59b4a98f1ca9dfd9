"""`python -m xqhz_desktop` is the same door as the command `xqhz`."""

import sys

from xqhz_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
