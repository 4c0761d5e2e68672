"""What the audit says, in both languages: for each check what holds, and each way in which it can fail."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["holds", "fails", "not_checked"]

#: By check (what holds) and check.fault: Chinese, English. Numbers and names are put in by position.
_WORDS = {
    "manifest": (
        "两份清单完整，问卷、单位与密钥都是它们写明的。",
        "Both manifests are whole; questionnaire, units and keys are those they name.",
    ),
    "manifest.unreadable": ("清单读不懂：{}", "A manifest cannot be read: {}"),
    "manifest.slot": (
        "slot.json 不是 manifest.json 写明的那一份：单位或密钥被换过。",
        "slot.json is not the one that manifest.json names: units or keys were swapped.",
    ),
    "manifest.questionnaire": (
        "箱里的问卷不是清单写明的问卷。",
        "The questionnaire in the box is not the one of the manifest.",
    ),
    "manifest.fingerprint": (
        "公示文件写的指纹不是这份清单的。",
        "The published files carry another fingerprint than this manifest's.",
    ),
    "manifest.ack_key": (
        "确认签名用的公钥不是清单里的那一个。",
        "The key of the acknowledgements is not the manifest's.",
    ),
    "manifest.none": (
        "不是凭票答卷，没有清单可核对。",
        "Not a poll by ticket: there are no manifests to compare.",
    ),
    "manifest.missing": (
        "箱上写着凭票答卷，两份清单却没有公布。",
        "The box says that people answered by ticket, but no manifests are published.",
    ),
    "manifest.way": (
        "公布了凭票答卷的清单，箱上写的却是另一种方式。",
        "Manifests of a poll by ticket are published, but the box names another way.",
    ),
    "poster": (
        "清单（不凭票的是问卷）的指纹与海报上的一致。",
        "The manifest (without tickets the questionnaire) has the poster's fingerprint.",
    ),
    "poster.other": (
        "清单（不凭票的是问卷）的指纹是 {}，与海报上的不同：被换过。",
        "The fingerprint of the manifest (without tickets of the questionnaire) is {}, not the poster's: it was swapped.",
    ),
    "poster.none": (
        "没有给出海报上的指纹。请自己对照：{}",
        "No fingerprint from the poster was given. Compare it yourself: {}",
    ),
    "same_poll": ("公示文件和封存箱说的是同一次调查。", "The published files and the box are of one poll."),
    "same_poll.other": ("几个文件属于不同的调查：{}", "The files are of different polls: {}"),
    "same_poll.figures": (
        "board.json 与 seal.json 的各单位数字不同。",
        "board.json and seal.json tell different figures of the units.",
    ),
    "box": ("封存箱的指纹与公示的一致。", "The box has the fingerprint that was published."),
    "box.other": (
        "封存箱的指纹与公示的不同：封存之后被动过。",
        "The box has another fingerprint than the published one: it was touched after sealing.",
    ),
    "box_counts": (
        "箱内共 {} 份答卷、{} 条留言，与箱上所记一致。",
        "The box holds {} ballots and {} comments, as it says itself.",
    ),
    "box_counts.twice": ("箱里有 {} 份答卷是重复的。", "{} ballots lie in the box twice."),
    "box_counts.other": ("箱里的份数与箱上所记不同：{}", "The box does not hold what it counts: {}"),
    "answers": (
        "{} 份答卷的回执都能由答卷内容重新算出：没有一份被改过。",
        "The receipts of all {} ballots follow from their answers: none was altered.",
    ),
    "answers.altered": (
        "{} 份答卷与自己的回执不符，被改过：{}",
        "{} ballots do not have the receipt of their answers, they were altered: {}",
    ),
    "comments": ("{} 条留言都没有被改过。", "None of the {} comments was altered."),
    "comments.altered": (
        "{} 条留言与自己的回执不符，被改过。",
        "{} comments do not have the receipt of their text, they were altered.",
    ),
    "receipts": (
        "公示的 {} 个回执与箱里的一一对应。",
        "The {} published receipts are those of the box, one for one.",
    ),
    "receipts.other": (
        "回执名单与箱里的不同：箱里有 {} 个不在名单上，名单上有 {} 个不在箱里。",
        "The list of receipts is not that of the box: {} of the box not listed, {} listed and not in the box.",
    ),
    "root": (
        "所有回执的总指纹（Merkle 根）与公示的一致。",
        "The Merkle root over all receipts is the published one.",
    ),
    "root.other": (
        "由箱里的回执算出的总指纹（Merkle 根）不是公示的那一个。",
        "The Merkle root over the receipts in the box is not the published one.",
    ),
    "root.count": ("公示收到 {} 份，箱里有 {} 份。", "{} ballots were published, {} lie in the box."),
    "counts": (
        "各单位都是：名册人数 ≥ 发出的资格 ≥ 收到的答卷，合计也对。",
        "In every unit roster >= issued >= received, and the totals agree.",
    ),
    "counts.received": ("{}：公示 {} 份，箱里 {} 份。", "{}: {} published, {} in the box."),
    "counts.stuffed": (
        "{}：收到 {} 份，却只发出 {} 个资格：有答卷是塞进来的。",
        "{}: {} received but only {} issued: ballots were added.",
    ),
    "counts.hidden": (
        "{}：没有公布发出多少资格，塞票就看不出来。",
        "{}: how many rights were issued is not told, so added ballots would not show.",
    ),
    "counts.issued": ("{}：发出 {} 个资格，名册上只有 {} 人。", "{}: {} issued to a roster of {}."),
    "counts.roster": ("{}：名册人数与清单不同。", "{}: the roster is not that of the manifest."),
    "counts.units": ("单位对不上：{}", "Units that do not match: {}"),
    "acknowledgements": (
        "{} 个确认签名对应的答卷都在箱里。",
        "All {} acknowledged ballots are in the box.",
    ),
    "acknowledgements.missing": (
        "投票箱确认收到、箱里却没有的答卷 {} 份：{}",
        "{} ballots were acknowledged and are not in the box: {}",
    ),
    "acknowledgements.foreign": ("{} 个确认签名不是这次调查的。", "{} acknowledgements are not this poll's."),
    "acknowledgements.none": ("没有人交来确认签名。", "No acknowledgement was handed in."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of an audit. `check` names it for programs and never changes."""

    check: str
    verdict: Verdict
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A way in which a check failed: the second half of a key of the words, and what is put into them."""

    word: str
    told: tuple[object, ...] = ()


def holds(check: str, *told: object) -> Finding:
    return Finding(check, "holds", *_said(check, told))


def judged(check: str, fault: Fault | None, *told: object) -> Finding:
    """Fails with the words of `fault` where there is one, else holds."""
    if fault is None:
        return holds(check, *told)
    return Finding(check, "fails", *_said(f"{check}.{fault.word}", fault.told))


def not_checked(check: str, word: str, *told: object) -> Finding:
    return Finding(check, "not_checked", *_said(f"{check}.{word}", told))


def is_sound(findings: Iterable[Finding]) -> bool:
    """Whether nothing fails; what could not be checked is no fault."""
    return not any(one.verdict == "fails" for one in findings)


def few(names: list[str]) -> str:
    """The first five names of a list, and how many more there are."""
    return ", ".join(names[:5]) + (f" (+{len(names) - 5})" if len(names) > 5 else "")


def _said(key: str, told: tuple[object, ...]) -> tuple[str, str]:
    zh, en = _WORDS[key]
    return zh.format(*told), en.format(*told)
