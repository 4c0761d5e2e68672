"""Names and staff numbers for the demo's members, as the list that a personnel office would hand in: all of them invented."""

import csv
import io
from collections.abc import Iterator, Sequence

from survey_app.demo.persons import Persons
from survey_app.demo.seeds import generator
from survey_app.demo.university import CATEGORIES

FIRST_NUMBER = 10001
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文辉鹏飞宇欣悦晨阳雪梅慧琳嘉怡思远志峰海波立新春燕国栋雨桐子涵浩然俊彦佳宁晓东振兴云凤仪清泉若兮知行"
GIVEN_OF_ONE = 0.3


def roster_list(everybody: Sequence[Persons]) -> bytes:
    """Everybody of every branch; nobody has an address, for the demo mails nobody."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["staff_no", "name", "branch", "category"])
    number = FIRST_NUMBER
    for persons in everybody:
        for name, category in zip(_names(persons), persons.category, strict=True):
            writer.writerow([number, name, persons.branch.id, CATEGORIES[category]])
            number += 1
    return out.getvalue().encode()


def _names(persons: Persons) -> Iterator[str]:
    rng = generator("names", persons.branch.id)
    for _ in range(len(persons.category)):
        given = "".join(rng.choice(list(GIVEN), 1 if rng.random() < GIVEN_OF_ONE else 2, replace=False))
        yield str(rng.choice(list(SURNAMES))) + given
