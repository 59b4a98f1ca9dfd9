"""What clerks call the columns of the firm and agreement registers."""

from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.shared_fields import (
    END_ALIASES,
    NOTE,
    NUMBER,
    PERIOD_ALIASES,
    START_ALIASES,
    joined,
    prefixed,
)

FIRM_NAME_ALIASES = (
    "企业 企业名 企业全称 单位名称 单位全称 单位 合作企业 合作企业名称 合作单位 "
    "合作单位名称 公司名称 公司全称 公司 企业单位名称 企业(单位)名称 用人单位 "
    "用人单位名称 名称 校企合作企业 校企合作单位"
)

FIRMS = Register(
    "firms",
    "合作企业",
    "Firm",
    (
        NUMBER,
        Field(
            "name",
            "企业名称",
            Kind.TEXT,
            FIRM_NAME_ALIASES,
            missing="missing_name",
            width=24,
            public=True,
        ),
        Field(
            "uscc",
            "统一社会信用代码",
            Kind.USCC,
            (
                "社会信用代码 信用代码 统一信用代码 组织机构代码 统一代码 "
                "统一社会信用代码证号 营业执照号 营业执照注册号 营业执照代码 "
                "组织机构代码统一社会信用代码 税号 纳税人识别号 企业代码 机构代码 单位代码"
            ),
            missing="missing_uscc",
            width=20,
            public=True,
        ),
        Field(
            "nature",
            "企业性质",
            Kind.TEXT,
            (
                "性质 经济成分 单位性质 企业类型 所有制 所有制性质 经济性质 经济类型 单位类型 "
                "公司性质 "
                "注册类型 公司类型"
            ),
            expected=True,
            public=True,
        ),
        Field(
            "industry",
            "行业代码",
            Kind.TEXT,
            (
                "行业 所属行业 行业类别 行业分类 国民经济行业代码 行业门类 所属产业 行业大类 "
                "行业名称 行业类别代码 国民经济行业分类 所属行业代码"
            ),
            expected=True,
            public=True,
        ),
        Field(
            "district",
            "所在县区",
            Kind.TEXT,
            (
                "县区 区县 所在区县 所在地区 所在地 地区 所属区县 所属县区 区域 所在区域 "
                "注册地 属地 县(区)"
            ),
        ),
        Field(
            "address",
            "地址",
            Kind.TEXT,
            "单位地址 企业地址 详细地址 通讯地址 注册地址 办公地址 经营地址",
            width=20,
        ),
        Field(
            "staff",
            "在岗职工人数",
            Kind.COUNT,
            (
                "职工人数 职工总数 员工人数 员工总数 在岗人数 企业人数 从业人数 从业人员数 "
                "从业人员 职工数 员工数 用工人数 在职人数 在职职工数 企业规模人数 规模 "
                "企业规模 在职员工数 人员规模 在岗职工 在岗职工数 社保人数 参保人数 单位人数"
            ),
            expected=True,
            width=8,
        ),
        Field(
            "contact",
            "联系人",
            Kind.NAME,
            (
                "联络信息姓名 联系信息姓名 联络人姓名 企业联系人 单位联系人 联系人姓名 负责人 "
                "企业负责人 对接人 企业对接人 "
                "业务联系人 联络人 联系人员 人力资源负责人"
            ),
            expected=True,
        ),
        Field(
            "phone",
            "联系电话",
            Kind.PHONE,
            (
                "电话 手机 手机号 手机号码 联系方式 联系人电话 负责人电话 企业电话 企业联系电话 "
                "联系人手机 联系手机 电话号码 联系号码 联络电话 联系人联系电话 联系人联系方式 "
                "单位电话"
            ),
            expected=True,
            width=12,
        ),
        Field(
            "majors",
            "对接专业",
            Kind.TEXT,
            "合作专业 专业 涉及专业 对应专业 服务专业 面向专业 合作的专业",
            width=16,
            public=True,
        ),
        Field(
            "forms",
            "合作形式",
            Kind.TEXT,
            "合作方式 合作类型 合作内容 合作模式 合作项目 合作类别",
            width=16,
            public=True,
        ),
        Field(
            "former_name",
            "曾用名",
            Kind.TEXT,
            "原名 原名称 企业曾用名 原企业名称 更名前名称 曾用名称",
            width=16,
        ),
        NOTE,
    ),
    identity=("uscc",),
    needs=(("name",), ("uscc",)),
    near=("name",),
    entity=("企业", "单位", "公司"),
    words=("企业", "合作单位"),
)

AGREEMENTS = Register(
    "agreements",
    "合作协议",
    "Agreement",
    (
        NUMBER,
        Field(
            "code",
            "协议编号",
            Kind.CODE,
            (
                "合同编号 协议号 协议书编号 合同号 编号 协议合同编号 协议(合同)编号 "
                "合作协议编号 协议文号 档案编号 文号"
            ),
            missing="missing_code",
            width=12,
        ),
        Field(
            "firm",
            "企业名称",
            Kind.LINK,
            joined(
                FIRM_NAME_ALIASES,
                (
                    "甲方 乙方 签约企业 签约单位 协议单位 签约单位名称 合作方 对方单位 合作方名称 "
                    "签约方"
                ),
            ),
            missing="missing_name",
            link="firms",
            width=24,
        ),
        Field(
            "signed",
            "签订日期",
            Kind.DATE,
            (
                "签订时间 签约日期 签约时间 签署日期 签署时间 协议签订日期 协议签订时间 "
                "签字日期 签订年月 签约年月 签订日 签署日 签约日"
            ),
        ),
        Field(
            "period",
            "协议期限",
            Kind.PERIOD,
            joined(
                prefixed("协议 合作 有效 合同 协议有效", PERIOD_ALIASES),
                "有效期 协议期 合作期 合作期限 协议有效期 合同期限 有效期限",
            ),
            stored=False,
            width=20,
        ),
        Field(
            "start",
            "协议期限起",
            Kind.DATE,
            joined(
                prefixed(
                    "协议 合作 有效期 协议期限 合同 合作期限 生效 协议有效期 有效期限 期限",
                    START_ALIASES,
                ),
                "生效日期 生效时间 生效 生效日 起效日期 起效日 有效期自",
            ),
            missing="missing_date",
        ),
        Field(
            "end",
            "协议期限止",
            Kind.END_DATE,
            joined(
                prefixed(
                    "协议 合作 有效期 协议期限 合同 合作期限 协议有效期 有效期限 期限",
                    END_ALIASES,
                ),
                (
                    "到期日期 到期时间 届满日期 期满日期 失效日期 到期 到期日 期满 期满日 失效日 "
                    "协议到期日期 协议到期时间 届满 届满日 有效期至"
                ),
            ),
            missing="missing_end_date",
        ),
        Field(
            "content",
            "合作内容",
            Kind.TEXT,
            (
                "协议内容 主要内容 合作事项 合作项目 协议主要内容 合作形式 协议名称 合作方式 "
                "合作主要内容"
            ),
            width=20,
        ),
        Field(
            "owner",
            "经办人",
            Kind.NAME,
            (
                "承办人 负责人 校方经办人 学校经办人 校方对接人 学校对接人 校方联系人 学校联系人 "
                "校方负责人 联系人 校内负责人 经手人 "
                "责任人 经办教师 签约人"
            ),
        ),
        NOTE,
        Field("sealed", "是否盖章", Kind.FLAG, "盖章情况", words="yes_no", width=8),
        Field("kept", "原件存放处", Kind.TEXT, "存放处 原件存放位置", width=12),
    ),
    identity=("code",),
    needs=(("code",), ("firm",), ("start", "end", "period", "signed")),
    near=("firm", "start"),
    entity=("企业", "单位", "协议", "合同"),
    words=("协议", "合同", "签约"),
)
