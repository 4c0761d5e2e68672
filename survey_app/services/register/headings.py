"""Which column is which: the headings Chinese university offices use, and the English ones, mapped to fields."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.services.register.faults import Fault, UnreadableList
from survey_app.services.register.tables import Row, Sheet

CATEGORIES = ("teacher", "admin", "support", "logistics", "retired")
_LINES_LOOKED_AT = 15  # a title, a remark and a merged line often stand above the headings

Headings = Mapping[str, frozenset[str]]


def _headings(**fields: str) -> Headings:
    return {field: frozenset(names.split()) for field, names in fields.items()}


_CATEGORY_NAMES = _headings(
    teacher="专任教师 专职教师 教师 教学科研 教学科研人员 专业技术教师 teacher teachers teaching",
    admin="行政管理 管理 管理人员 行政管理人员 行政 行政人员 党政管理 admin administration administrative",
    support="教辅 教辅人员 教辅与实验技术 教辅及实验技术 实验技术 实验技术人员 其他专技 其他专业技术 support technical",
    logistics="后勤 后勤人员 后勤服务 后勤服务人员 工勤 工勤人员 工勤技能 logistics services",
    retired="离退休 离退休人员 退休 退休人员 离退休教职工 retired",
)
UNIT_HEADINGS: Headings = {
    **_headings(
        branch_id="单位编号 单位代码 单位号 编号 代码 分工会编号 分工会代码 部门编号 部门代码 "
        "branch_id branch_code unit_id unit_code code id",
        name_zh="单位名称 分工会名称 部门工会名称 部门名称 名称 单位 分工会 部门工会 部门 学院 name_zh name unit_name unit branch",
        name_en="英文名 英文名称 单位英文名 单位英文名称 英文 name_en english_name english",
        unit_type="类型 单位类型 单位性质 性质 类别 单位类别 unit_type type",
        members="会员人数 会员数 会员 工会会员 工会会员数 工会会员人数 在册会员 在册会员数 人数 总人数 合计 合计人数 教职工人数 教职工数 "
        "members member_count headcount total",
    ),
    **{f"count_{category}": names for category, names in _CATEGORY_NAMES.items()},
    **{f"pct_{category}": frozenset() for category in CATEGORIES},  # recognised by the percent sign, see `_field`
}
ROSTER_HEADINGS: Headings = _headings(
    staff_no="工号 职工号 教工号 人事编号 职工编号 会员编号 staff_no staff_id employee_no employee_id",
    name="姓名 名字 name full_name",
    branch="单位编号 单位代码 单位号 分工会编号 分工会代码 部门编号 部门代码 单位名称 单位 分工会 分工会名称 部门 部门名称 所在单位 "
    "branch_id branch unit unit_id department",
    category="岗位类别 人员类别 类别 岗位 岗位类型 人员类型 category staff_category",
    email="邮箱 电子邮箱 电子邮件 邮件 邮件地址 邮箱地址 电子邮箱地址 校园邮箱 学校邮箱 工作邮箱 email e-mail mail email_address",
)
UNIT_REQUIRED = ("branch_id", "name_zh", "unit_type", "members")
ROSTER_REQUIRED = ("staff_no", "name", "branch")

UNIT_TYPES: Mapping[str, str] = {
    word: unit_type
    for unit_type, words in {
        "academic": "academic 学院 院系 教学 教学单位 教学科研 教学科研单位 学部 系 研究所 科研 科研单位 研究院",
        "administrative": "administrative 机关 机关部处 党政机关 管理 管理服务 行政 职能部门 机关单位",
        "support": "support 直属 直属单位 教辅 教辅单位 业务单位 公共服务 附属 附属单位",
        "logistics": "logistics 后勤 后勤单位 后勤服务 后勤集团 产业 经营单位",
        "retired": "retired 离退休 退休 离退休单位",
    }.items()
    for word in words.split()
}
CATEGORY_WORDS: Mapping[str, str] = {word: category for category, words in _CATEGORY_NAMES.items() for word in words}


def plain(text: str) -> str:
    """A heading or a word without what offices add to it: width, case, spaces, line breaks, brackets, units."""
    text = unicodedata.normalize("NFKC", text).lower()
    # Not `.*?`: a cell full of opening brackets would be read from each of them to its end.
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", text)
    return re.sub(r"[\s*:：]+", "_" if re.search(r"[a-z]", text) else "", text.strip(" *:：")).strip("_")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands, what it is called there, and the headings nobody knows."""

    heading_row: int
    places: Mapping[str, int]
    titles: Mapping[str, str]
    unused: tuple[str, ...]

    def cell(self, row: Row, field: str) -> str:
        place = self.places.get(field)
        return row.cells[place] if place is not None and place < len(row.cells) else ""


def find_columns(sheets: list[Sheet], headings: Headings, required: tuple[str, ...]) -> tuple[Columns, Sheet]:
    """The heading line with the most known fields, over all sheets, and the rows below it. Raises UnreadableList."""
    candidates = [
        (len(_places(row, headings)[0]), -order, row, sheet)
        for order, sheet in enumerate(sheets)
        for row in sheet[:_LINES_LOOKED_AT]
    ]
    best = max(candidates, key=lambda candidate: candidate[:2], default=None)
    if best is None or best[0] < 2:
        raise UnreadableList(Fault("no_headings"))
    heading, sheet = best[2], best[3]
    places, repeated = _places(heading, headings)
    if repeated:
        raise UnreadableList(Fault("repeated_column", heading.number, repeated[0][0], repeated[0][1]))
    missing = [field for field in required if field not in places]
    if missing:
        raise UnreadableList(Fault("missing_columns", heading.number, expected=" ".join(missing)))
    taken = set(places.values())
    columns = Columns(
        heading.number,
        places,
        {field: heading.cells[place] for field, place in places.items()},
        tuple(title for place, title in enumerate(heading.cells) if title and place not in taken),
    )
    return columns, [row for row in sheet if row.number > heading.number]


def _places(row: Row, headings: Headings) -> tuple[dict[str, int], list[tuple[str, str]]]:
    places: dict[str, int] = {}
    repeated: list[tuple[str, str]] = []
    for place, title in enumerate(row.cells):
        field = _field(title, headings)
        if field is None:
            continue
        if field in places:
            repeated.append((field, title))
        else:
            places[field] = place
    return places, repeated


def _field(title: str, headings: Headings) -> str | None:
    if not title or len(title) > 40:
        return None
    word = plain(title)
    share = re.match(r"pct_(\w+)$", word) or re.match(r"(.+?)(?:人员)?(?:所占比例|占比|比例|比重|%)$", word)
    if share or "%" in title or "％" in title:
        category = CATEGORY_WORDS.get(share.group(1) if share else word)
        field = f"pct_{category}"
        return field if category and field in headings else None
    for candidate in (word, re.sub(r"(人数|数)$", "", word)):
        for field, names in headings.items():
            if candidate in names:
                return field
    return None
