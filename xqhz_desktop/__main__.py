"""`python -m xqhz_desktop` is the same door as the command `xqhz`."""

import multiprocessing
import sys

from xqhz_desktop.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a built program starts itself as the reader of workbooks
    sys.exit(main())
