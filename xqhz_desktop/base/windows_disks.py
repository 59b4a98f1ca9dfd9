"""The drives of a Windows computer, as its own functions give them; imported on Windows alone."""

import ctypes
import os
import string
import sys

from xqhz_desktop.base.disks import is_plugged_in

_FIXED = 3
_QUERY = 0x2D1400  # IOCTL_STORAGE_QUERY_PROPERTY
_OPEN_EXISTING, _SHARED = 3, 3
_INVALID = ctypes.c_void_p(-1).value


def drives() -> tuple[dict[str, int], str, set[str]]:
    """Each drive's type, the drive of Windows, and the fixed ones on USB or in a card slot."""
    types = _types()
    fixed = [name for name, kind in types.items() if kind == _FIXED]
    plugged_in = {name for name in fixed if is_plugged_in(_descriptor(name))}
    return types, os.environ.get("SYSTEMDRIVE", "C:"), plugged_in


def _types() -> dict[str, int]:
    """What GetDriveTypeW answers, by drive."""
    types: dict[str, int] = {}
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        there = kernel.GetLogicalDrives()
        letters = [one for at, one in enumerate(string.ascii_uppercase) if there >> at & 1]
        types = {f"{one}:": kernel.GetDriveTypeW(f"{one}:\\") for one in letters}
    return types


def _descriptor(drive: str) -> bytes:
    """The drive's STORAGE_DEVICE_DESCRIPTOR, asked for without any right to its content."""
    answer, size = ctypes.create_string_buffer(1024), ctypes.c_ulong()
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.CreateFileW.restype = ctypes.c_void_p
        handle = kernel.CreateFileW(rf"\\.\{drive}", 0, _SHARED, None, _OPEN_EXISTING, 0, None)
        if handle != _INVALID:
            there, found = ctypes.c_void_p(handle), ctypes.byref(size)
            kernel.DeviceIoControl(there, _QUERY, bytes(12), 12, answer, 1024, found, None)
            kernel.CloseHandle(there)
    return answer.raw[: size.value]
