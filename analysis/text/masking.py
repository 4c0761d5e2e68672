"""Names, telephone and identity numbers in comments, replaced by a mark before anybody reads or counts a word."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from analysis.text.names import (
    BEFORE_A_NAME,
    COMPOUND_SURNAMES,
    MORE_OFTEN_GRAMMAR,
    NEVER_IN_NAMES,
    NOT_NAMES,
    PINYIN_SURNAMES,
    PLACE_ENDINGS,
    SURNAMES,
    TITLES,
)

NAME, PHONE, IDENTITY, NUMBER, ADDRESS, ACCOUNT, STAFF_NUMBER = (
    f"［{label}］" for label in ("姓名", "电话", "证件号", "号码", "邮箱", "账号", "工号")
)
MARK = re.compile("［[^［］]{2,3}］")

_HAN = "\u3400-\u9fff"
_SPOKEN = "〇零幺一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_DIGITS = str.maketrans(_SPOKEN, "001123456789123456789")
_DIGIT = f"[0-9{_SPOKEN}]"
_IS = r"[\s:：#是为=]*"
_RUN = re.compile(rf"\+?{_DIGIT}(?:[\s\-‐-―·.,()（）]{{0,2}}{_DIGIT}){{6,}}[Xx]?")
_YEARS = re.compile(r"(?:19|20)\d\d[-‐-―](?:19|20)\d\d|(?:19|20)\d\d[-.]\d{1,2}[-.]\d{1,2}")
_MAIL = re.compile(rf"(?:[!-?A-~]+|[{_HAN}]{{1,4}})?\s?@\s?(?:[!-~]+|[{_HAN}\w]{{1,12}})")
_SPOKEN_MAIL = re.compile(r"[\w.-]+\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+)+", re.ASCII | re.IGNORECASE)
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Z][·・.\\s-]?(?=[A-Z]*[0-9])[A-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_STAFF = re.compile(
    rf"(工号|职工号|教工号|人事号|学号|编号|证号|卡号|(?i:(?<![A-Za-z])(?:staff|employee|personnel)\s*(?:number|no\.?|id)))(?:码)?(?:{_IS}|\s*(?i:is)\s*)"
    rf"[A-Za-z0-9{_SPOKEN}][A-Za-z0-9{_SPOKEN}_/\-]*"
)
_CHAT = re.compile(
    r"((?i:微信|薇信|wechat|weixin|(?<![A-Za-z])[vw]x|v信|qq|扣扣|钉钉|飞书))(?:(?:号码|号|群号|群)\s*[:：是为=]?\s*[\w\-]{3,}|\s*[:：是为=]\s*[A-Za-z0-9_\-]{3,}|\s*(?=[A-Za-z]*[0-9_\-])[A-Za-z0-9_\-]{4,})",
    re.ASCII,
)
_EXTENSION = re.compile(rf"((?i:内线|分机|电话|手机|座机|短号|tel\.?|phone|ext\.?))(?:号码|号)?{_IS}\d{{3,}}")
_PART = f"(?:(?![的了是们吗吧])[{_HAN}]){{1,8}}"
_FOREIGN = re.compile(f"{_PART}(?:[·•・‧]{_PART})+")
_FAMILIAR = re.compile(
    rf"(?<![{_HAN}])[老小阿][{''.join(sorted(SURNAMES))}](?=[^{_HAN}]|[也说讲的很就都是在帮和给让]|$)"
)
_ENGLISH = re.compile(
    r"(?<![A-Za-z])((?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Teacher|Director|Dean|Chair|Chairman|Chairwoman|Secretary|President)(?![A-Za-z])\.?)"
    r"\s+[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2}"
)
_PINYIN = re.compile(rf"(?<![A-Za-z])(?:{PINYIN_SURNAMES})\s+[A-Z][a-z]+(?:[-'’][A-Za-z][a-z]*|\s[A-Z][a-z]+)?")
_TITLE = re.compile("|".join(sorted(TITLES, key=len, reverse=True)))
_BEFORE = re.compile(f"(?:{'|'.join(sorted(BEFORE_A_NAME, key=len, reverse=True))})" + r"[\s:：是]?")


def masked(text: str) -> str:
    """The comment with names, telephone, identity, staff and account numbers and e-mail addresses replaced by marks.

    Meaning: what a reader of comments may see. Marks stand in full-width brackets: ［姓名］ ［电话］ ［证件号］ ［工号］
    ［账号］ ［邮箱］ ［号码］. Digits of any writing (full width, circled, spoken 一三八) are taken as digits and invisible
    characters are dropped, so that a number cannot be hidden in them.

    Never left: seven or more digits in a row (blanks and hyphens between them do not break a row), hence no mobile, bank
    card or identity number; no number plate; anything with @, also spelled "at ... dot"; what follows 工号 or "staff number"; a surname with up to two characters
    before a title (王老师, 陈建国主任), unless it is a word of names.NOT_NAMES. Years (2025-2026) and dates stay.

    It misleads who trusts it alone: nicknames, bare given names, room numbers, and names that are ordinary words after a
    title cannot be told by rule. Masked comments are for the few who must read them, never for publication. It masks
    too much rather than too little: 对于老师 stays, yet 成王伟老师 loses three characters.

    Checked against: tests of generated names, numbers and addresses in generated surroundings.
    """
    text = _plain(text)
    text = _SPOKEN_MAIL.sub(ADDRESS, _MAIL.sub(ADDRESS, text))
    text = _STAFF.sub(rf"\1{STAFF_NUMBER}", text)
    text = _CHAT.sub(rf"\1{ACCOUNT}", text)
    text = _PLATE.sub(NUMBER, _RUN.sub(_number, text))
    text = _EXTENSION.sub(rf"\1{PHONE}", text)
    text = _FOREIGN.sub(NAME, text)
    text = _ENGLISH.sub(rf"\1 {NAME}", text)
    text = _PINYIN.sub(NAME, text)
    return _without_names(text)


def _plain(text: str) -> str:
    """Digits, Latin letters and @ of any width as ASCII; invisible characters dropped; everything else as it is."""
    return text if text.isascii() else "".join(map(_plain_character, text))


@cache
def _plain_character(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Cc") and character not in "\n\t\r":
        return ""
    if character.isdigit():
        return str(unicodedata.digit(character))
    folded = unicodedata.normalize("NFKC", character)
    ordinary = folded.isascii() and (folded.isalnum() or folded == "@")
    return folded if ordinary else character


def _number(found: re.Match[str]) -> str:
    if _YEARS.fullmatch(found[0]):
        return found[0]
    digits = re.sub(r"\D", "", found[0].translate(_DIGITS))
    if len(digits) in (15, 18) or found[0][-1] in "Xx":
        return IDENTITY
    mobile = re.fullmatch(r"(?:0{0,2}86)?1[3-9]\d{9}", digits)
    return PHONE if mobile or (digits[0] == "0" and len(digits) in (10, 11, 12)) or len(digits) in (7, 8) else NUMBER


def _without_names(text: str) -> str:
    """Replace every span that is a name by its looks, by its title, or by the dictionary."""
    if not any(character in SURNAMES for character in text):
        return text
    spans = sorted([*_with_title(text), *_after_title(text), *_known(text), *_familiar(text)])
    parts, end = [], 0
    for start, stop in spans:
        if start >= end:
            parts += [text[end:start], NAME]
        end = max(end, stop)
    return "".join([*parts, text[end:]])


def _with_title(text: str) -> Iterator[tuple[int, int]]:
    """Surname and up to two characters right before a title."""
    for title in _TITLE.finditer(text):
        for start in range(max(0, title.start() - 4), title.start()):
            word = text[start : title.start()].rstrip()
            if _is_name(word) and not (len(word) == 1 and _one_word(text[max(0, start - 1) : start + 1])):
                yield start, start + len(word)
                break


def _is_name(word: str) -> bool:
    surname = _surname(word)
    given = word[len(surname) :]
    if not surname or len(given) > 2 or any(not _is_han(each) or each in NEVER_IN_NAMES for each in given):
        return False
    if word[:2] in NOT_NAMES:
        return len(word) == 3 and word[2] not in PLACE_ENDINGS
    return True


def _after_title(text: str) -> Iterator[tuple[int, int]]:
    """A surname right after a title, with the given name as far as it can be told from a verb."""
    for title in _BEFORE.finditer(text):
        start = title.end()
        surname = _surname(text[start:])
        if not surname:
            continue
        word, kind = _tagged(text[start : start + 8])[0]
        if (len(word) > len(surname) and _is_ordinary(word, kind)) or word in NOT_NAMES:
            continue
        if kind in MORE_OFTEN_GRAMMAR and len(word) == 1:
            continue
        stop = start + len(surname)
        while stop < min(len(text), start + len(surname) + 2) and _may_be_given(text[stop]):
            stop += 1
        if stop > start + len(surname):
            yield start, stop


def _known(text: str) -> Iterator[tuple[int, int]]:
    """Words that the dictionary or its model of names takes for a person."""
    place = 0
    for word, kind in _tagged(text):
        if kind.startswith("nr") and word not in NOT_NAMES and (name := _name_in(word)):
            yield place + len(word) - len(name), place + len(word)
        place += len(word)


def _familiar(text: str) -> Iterator[tuple[int, int]]:
    """老周, 小李 at the beginning of a clause."""
    return (found.span() for found in _FAMILIAR.finditer(text) if not _one_word(found[0]))


def _name_in(word: str) -> str:
    """The name at the end of a word taken for a person: 王小明, 老李, 小王 (also where 找小王 was taken for one)."""
    if len(word) >= 2 and word[-2] in "老小阿":
        return word[-2:] if word[-1] in SURNAMES else ""
    plausible = 2 <= len(word) <= 4 and _surname(word) and not any(each in NEVER_IN_NAMES for each in word)
    return word if plausible else ""


def _surname(text: str) -> str:
    if text[:2] in COMPOUND_SURNAMES:
        return text[:2]
    return text[:1] if text[:1] in SURNAMES else ""


def _may_be_given(character: str) -> bool:
    return _is_han(character) and character not in NEVER_IN_NAMES


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _one_word(word: str) -> bool:
    """Whether these two characters are one ordinary word of the dictionary (对于, 新任)."""
    return len(word) == 2 and len(tags := _tagged(word)) == 1 and _is_ordinary(word, tags[0][1])


def _is_ordinary(word: str, kind: str) -> bool:
    """In the dictionary, and there not as a person; what the model of unknown words makes up is no proof."""
    import rjieba

    taken_for_an_era = word[0] in "老小阿" and kind == "t"  # 老周
    taken_for_a_place = len(word) == 3 and kind in ("ns", "nz")  # 梁建国
    person = kind.startswith("nr") or taken_for_an_era or taken_for_a_place
    return not person and bool(rjieba.has_word(word))


def _tagged(text: str) -> list[tuple[str, str]]:
    import rjieba

    return list(rjieba.tag(text))
