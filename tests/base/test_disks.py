"""What kind of disk a path lies on, by the mount tables of both systems."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.base import disks
from xqhz_desktop.base.disks import Kind, is_plugged_in, kind_in, linux_volumes, windows_volumes

LINUX = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
23 27 0:22 / /sys rw,relatime - sysfs sysfs rw
24 27 0:6 / /dev rw,relatime - devtmpfs devtmpfs rw,size=12334432k
27 1 8:1 / / rw,relatime shared:1 master:2 - ext4 /dev/sda1 rw
28 27 0:40 / /tmp rw,nosuid - tmpfs tmpfs rw
29 27 8:2 / /boot/efi rw,relatime - vfat /dev/sda2 rw
30 27 8:17 / /data rw,relatime - ext4 /dev/sdb1 rw
31 27 8:33 / /media/clerk/U\040盘\134x rw,nosuid - vfat /dev/sdc1 rw
32 27 0:51 / /srv/school rw - nfs4 nas:/school rw
33 30 0:52 / /data/share rw - cifs //nas/share rw
34 27 0:53 / /home/王一/away rw - fuse.sshfs clerk@nas: rw
35 27 8:1 /srv /mnt/again rw - ext4 /dev/sda1 rw
36 27 7:1 / /snap/core/1 ro - squashfs /dev/loop1 ro
37 27 8:49 / /mnt/ntfs rw - fuseblk /dev/sdd1 rw
38 27 0:60 / /auto rw - autofs systemd-1 rw
39 27 0:61 / /auto rw - smb3 //nas/auto rw
40 27 0:62 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
41 27 0:63 / /mnt/c rw - 9p C:\134 rw
42 27 0:64 / /dav rw - davfs https://nas/dav rw
43 27 0:65 / /mnt/d rw - 9p drvfs rw,dirsync,aname=drvfs;path=D:\134,trans=fd,rfd=8,wfd=8
44 27 0:66 / /sandbox rw - 9p none rw,trans=fd,rfdno=4,wfdno=4,aname=/,dfltuid=65534
a line that is none
"""


def removable(device: str, name: str) -> bool:
    return device == "8:33" and name == "/dev/sdc1"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/王一/.local/share/xqhz", Kind.SYSTEM),
        ("/", Kind.SYSTEM),
        ("/boot/efi/x", Kind.SYSTEM),
        ("/mnt/again", Kind.SYSTEM),
        ("/tmp/xqhz", Kind.MEMORY),
        ("/data", Kind.FIXED),
        ("/data/xqhz/not yet", Kind.FIXED),
        ("/database", Kind.SYSTEM),  # only looks like /data
        ("/mnt/ntfs/xqhz", Kind.FIXED),
        ("/media/clerk/U 盘\\x/xqhz", Kind.REMOVABLE),
        ("/srv/school/xqhz", Kind.NETWORK),
        ("/data/share/xqhz", Kind.NETWORK),
        ("/home/王一/away", Kind.NETWORK),
        ("/auto/xqhz", Kind.NETWORK),
        ("/run/user/1000/gvfs/smb-share", Kind.NETWORK),
        ("/mnt/c/xqhz", Kind.NETWORK),
        ("/mnt/d/xqhz", Kind.NETWORK),  # a drive of Windows, seen from the Linux in it
        ("/sandbox/xqhz", Kind.UNKNOWN),
        ("/dav", Kind.NETWORK),
        ("/proc/self", Kind.UNKNOWN),
    ],
)
def test_a_linux_path_is_judged_by_the_volume_that_holds_it(path: str, kind: Kind) -> None:
    assert kind_in(linux_volumes(LINUX, removable), PurePosixPath(path)) is kind


def test_a_table_that_cannot_be_read_makes_everything_unknown() -> None:
    assert kind_in(linux_volumes("", removable), PurePosixPath("/data")) is Kind.UNKNOWN


def escaped(text: str) -> str:
    """As the kernel writes names into its table."""
    return "".join(f"\\{ord(one):03o}" if one in " \t\n\\#" else one for one in text)


@given(st.text("ab 中\t\\#.", min_size=1, max_size=6).filter(lambda name: name.strip(".")))
def test_a_stick_of_any_name_is_known_and_what_lies_beside_it_is_not(name: str) -> None:
    table = f"27 1 8:1 / / rw - ext4 /dev/sda1 rw\n28 27 8:33 / /media/{escaped(name)} rw - vfat x"
    volumes = linux_volumes(table.replace("vfat x", "vfat /dev/sdc1 rw"), removable)
    assert kind_in(volumes, PurePosixPath("/media", name, "school")) is Kind.REMOVABLE
    assert kind_in(volumes, PurePosixPath("/media", name + "x")) is Kind.SYSTEM


def test_a_system_that_lies_on_the_network_itself_is_of_the_network() -> None:
    table = "27 1 0:9 / / rw - nfs nas:/pc1 rw\n28 27 8:1 / /data rw - ext4 /dev/sda1 rw"
    assert kind_in(linux_volumes(table, removable), PurePosixPath("/home/王一")) is Kind.NETWORK
    assert kind_in(linux_volumes(table, removable), PurePosixPath("/data/x")) is Kind.FIXED


WINDOWS = {"C:": 3, "D:": 3, "E:": 2, "F:": 3, "G:": 5, "R:": 6, "Z:": 4}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\ProgramData\xqhz", Kind.SYSTEM),
        (r"c:\xqhz", Kind.SYSTEM),
        (r"D:\校企合作台账", Kind.FIXED),
        (r"d:\xqhz", Kind.FIXED),
        (r"\\?\D:\xqhz", Kind.FIXED),
        (r"E:\xqhz", Kind.REMOVABLE),
        (r"F:\xqhz", Kind.REMOVABLE),  # calls itself fixed, and hangs on USB
        (r"G:\xqhz", Kind.UNKNOWN),
        (r"R:\xqhz", Kind.MEMORY),
        (r"Z:\xqhz", Kind.NETWORK),
        (r"\\nas\school\xqhz", Kind.NETWORK),
        (r"\\?\UNC\nas\school\xqhz", Kind.NETWORK),
        (r"X:\xqhz", Kind.UNKNOWN),
    ],
)
def test_a_windows_path_is_judged_by_its_drive(path: str, kind: Kind) -> None:
    volumes = windows_volumes(WINDOWS, "c:", {"F:"})
    assert kind_in(volumes, PureWindowsPath(path)) is kind


@pytest.mark.parametrize(("bus", "plugged"), [(7, True), (12, True), (11, False), (13, False)])
def test_the_bus_of_a_drive_is_read_from_its_descriptor(bus: int, plugged: bool) -> None:
    descriptor = bytes(28) + bus.to_bytes(4, "little") + bytes(8)
    assert is_plugged_in(descriptor) is plugged
    assert not is_plugged_in(b"")


def block_device(sys_root: Path, where: str, number: str, *parts: str) -> Path:
    """A disk of an invented /sys, and its partitions."""
    disk = sys_root / "devices" / where
    disk.mkdir(parents=True)
    (disk / "removable").write_text("0\n")
    for at, part in enumerate(parts, 1):
        (disk / part).mkdir()
        (disk / part / "partition").write_text(f"{at}\n")
    (sys_root / "dev/block").mkdir(parents=True, exist_ok=True)
    (sys_root / "dev/block" / number).symlink_to(disk / parts[0] if parts else disk)
    return disk


def test_a_stick_says_so_itself(tmp_path: Path) -> None:
    disk = block_device(tmp_path, "pci0000:00/ata1/block/sdc", "8:33", "sdc1")
    assert not disks.on_removable("8:33", "/dev/sdc1", tmp_path)
    (disk / "removable").write_text("1\n")
    assert disks.on_removable("8:33", "/dev/sdc1", tmp_path)


def test_a_disk_on_usb_is_one_although_it_does_not_say_so(tmp_path: Path) -> None:
    block_device(tmp_path, "pci0000:00/usb2/2-1/block/sdd", "8:49", "sdd1")
    assert disks.on_removable("8:49", "/dev/sdd1", tmp_path)


def test_an_encrypted_stick_is_known_by_what_it_is_made_of(tmp_path: Path) -> None:
    below = block_device(tmp_path, "pci0000:00/usb2/2-1/block/sde", "8:65", "sde1")
    mapped = block_device(tmp_path, "virtual/block/dm-1", "253:1")
    (mapped / "slaves").mkdir()
    (mapped / "slaves" / "sde1").symlink_to(below / "sde1")
    assert disks.on_removable("253:1", "/dev/mapper/luks", tmp_path)


def test_a_device_without_a_number_of_its_own_is_found_by_its_name(tmp_path: Path) -> None:
    disk = block_device(tmp_path, "pci0000:00/usb2/2-1/block/sdf", "8:81")
    (tmp_path / "class/block").mkdir(parents=True)
    (tmp_path / "class/block/sdf").symlink_to(disk)
    assert disks.on_removable("0:44", "/dev/sdf", tmp_path)
    assert not disks.on_removable("0:44", "/dev/sdz", tmp_path)


def test_this_computer_has_a_table_too(tmp_path: Path) -> None:
    assert disks.kind_of(tmp_path / "not" / "yet") in set(Kind) - {Kind.NETWORK}
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert disks.kind_of(loop / "x") in Kind
    for disk in disks.disks():
        assert disk.root.is_dir()
        assert disk.free >= 0
