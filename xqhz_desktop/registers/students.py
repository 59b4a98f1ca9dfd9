"""What clerks call the columns of the student register."""

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.shared_fields import (
    CLASS_ALIASES,
    ID_ALIASES,
    NOTE,
    NUMBER,
    PHONE_ALIASES,
    SEX,
    STUDENT_NO_ALIASES,
    prefixed,
)

STUDENTS = Register(
    "students",
    "学生",
    "Student",
    (
        NUMBER,
        Field("student_no", "学号", Kind.CODE, STUDENT_NO_ALIASES, width=10),
        Field(
            "name",
            "姓名",
            Kind.NAME,
            "学生姓名 名字 学生 姓名(学生) 学员姓名",
            missing="missing_name",
            public=True,
        ),
        SEX,
        Field(
            "nation",
            "民族",
            Kind.TEXT,
            "民族成分 族别 所属民族",
            expected=True,
            width=6,
        ),
        Field(
            "id_number",
            "身份证号",
            Kind.ID_NUMBER,
            prefixed("学生 本人", ID_ALIASES),
            missing="missing_id",
            width=20,
        ),
        Field(
            "birthday",
            "出生日期",
            Kind.DATE,
            "出生年月 出生年月日 出生时间 生日 出生日",
        ),
        Field(
            "major_code",
            "专业代码",
            Kind.CODE,
            "代码 专业编码 专业编号 所学专业代码 专业目录代码",
            expected=True,
        ),
        Field(
            "major",
            "专业名称",
            Kind.LINK,
            "专业 所学专业 就读专业 所属专业 名称 专业名 主修专业 录取专业",
            link="majors",
            width=14,
            public=True,
        ),
        Field("class", "班级", Kind.LINK, CLASS_ALIASES, link="classes", width=16, public=True),
        Field(
            "intake",
            "年级",
            Kind.TEXT,
            "入学年份 入学年度 级 届别 所在年级 级别 入学级",
            stored=False,
        ),
        Field(
            "entry",
            "入学时间",
            Kind.DATE,
            "入学日期 入学年月 入校时间 入校日期 报到时间 入校年月 进校时间",
        ),
        Field(
            "registered",
            "学籍状态",
            Kind.FLAG,
            (
                "学籍 学生状态 在籍状态 注册状态 学籍情况 学籍注册状态 学籍注册 在校状态 状态 "
                "学籍注册情况 是否注册 注册情况"
            ),
            words="registered",
        ),
        Field("phone", "联系电话", Kind.PHONE, PHONE_ALIASES, expected=True, width=12),
        Field(
            "guardian_name",
            "监护人",
            Kind.NAME,
            "监护人姓名 家长姓名 家长 父母姓名 家长(监护人)姓名 监护人(家长)姓名",
        ),
        Field(
            "guardian_relation",
            "监护人关系",
            Kind.TEXT,
            "与学生关系 与监护人关系 家长关系 关系 与本人关系",
        ),
        Field(
            "guardian_phone",
            "监护人电话",
            Kind.PHONE,
            (
                "家长电话 家长联系电话 监护人联系电话 家长手机 监护人手机 家长联系方式 "
                "监护人联系方式 父母电话 家庭电话"
            ),
            width=12,
        ),
        NOTE,
    ),
    identity=("id_number",),
    needs=(
        ("id_number",),
        ("name",),
        ("class", "student_no", "major", "entry", "registered"),
    ),
    near=("student_no", "name"),
    entity=("学生", "本人", "学籍"),
    words=("学生", "学籍", "新生", "名册"),
)
