"""Pictures of what stands before the records: the first start, the door, users and passwords."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.ui.desk import Desk
from xqhz_desktop.ui.first_start import FirstStartPage
from xqhz_desktop.ui.unlock import Door

if TYPE_CHECKING:
    from xqhz_desktop.ui.shots import Camera

_CODE = "7WQ2F-0K9ZT-M4XRD-HB61N-C8VPE"  # opens nothing


def take_door(camera: "Camera", desk: Desk) -> None:
    """Walk through it beside the open records, which are as before."""
    _take_security(camera, desk)
    _take_first_start(camera, desk)
    _take_asking(camera)
    camera.window.banner.say("只看不改：数据正由“李建国”使用，看到的是已保存的内容。", "warn")
    camera.window.navigation.show()
    camera.window.resume()
    camera.take("looking")
    camera.window.banner.hide()


def _take_security(camera: "Camera", desk: Desk) -> None:
    from xqhz_desktop.reports.blocks import Report
    from xqhz_desktop.ui.pages.security_dialogs import PasswordDialog, UserDialog
    from xqhz_desktop.ui.recovery import CodeDialog, CodePanel

    camera.window.go("security")
    page: Any = camera.window.pages["security"]
    camera.rest()
    user = UserDialog(page, lambda *_: None, first=False, encrypted=True)
    _take(camera, "dialog-user", user)
    words = ("更改密码", "只改您自己的密码；不用重新加密数据，恢复码不变。", "更改密码")
    _take(camera, "dialog-password", PasswordDialog(page, words, lambda *_: None, present=True))
    panel = CodePanel(_CODE, lambda: Report("", "", "", desk.today, ()))
    panel.tick.setChecked(True)
    sentence = "请现在抄下来或打印；关上这里就再也看不到了。"
    _take(camera, "dialog-code", CodeDialog(page, "新的恢复码", sentence, panel))


def _take_first_start(camera: "Camera", desk: Desk) -> None:
    window = camera.window
    folder = DataFolder(desk.office.folder.root / "new")
    page = FirstStartPage(window.worker, folder, desk.today, window.close, fixed=False)
    window.stand_before(page)
    camera.take("first-start-place")
    page.next.click()
    page.person.name.setText("王敏")
    page.person.password.setText("海上明月共潮生")
    page.person.again.setText("海上明月")
    camera.take("first-start-person")
    page.person.plain.setChecked(True)
    page.next.click()
    camera.take("first-start-code")


def _take_asking(camera: "Camera") -> None:
    window = camera.window
    door = Door(window.close)
    window.stand_before(door)
    door.ask("请输入密码", "数据已加密；用您的密码打开，忘了密码可以用恢复码。")
    camera.take("door")
    door.refuse("密码不对，请再输一次；忘了密码可以输入恢复码。")
    camera.take("door-refused")
    door.ask("是谁在工作", "请选择您的姓名；做过什么都记在这个名下。", {"王敏": True})
    camera.take("door-names")


def _take(camera: "Camera", name: str, dialog: QDialog) -> None:
    dialog.open()
    camera.take(name, dialog)
    dialog.done(0)
