"""The work of the import's bench row, in a process of its own: prints the seconds it took.

The clock runs from the path of the workbook to the committed transaction: reading in the child
process, plan, checks, records, journal. Opening the data folder and the backup are outside.
"""

import sys
import time
from datetime import datetime
from pathlib import Path

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.base.task import Task
from xqhz_desktop.services.importing import apply_import, plan_import
from xqhz_desktop.services.office import Office
from xqhz_desktop.services.workbooks.plan import Choices


def main(workbook: Path, data: Path) -> None:
    """Imports the workbook into a new data folder; raises when nothing was written."""
    with Office.open(DataFolder(data), "bench", datetime.now) as office:
        started = time.perf_counter()
        plan = plan_import(office, [workbook], Task())
        changes = apply_import(office, plan, Choices(), Task(), backup=False)
        print(time.perf_counter() - started)
        assert changes, "the import wrote nothing"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
