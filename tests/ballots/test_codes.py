"""Slip codes and the letters people type."""

from hypothesis import given
from hypothesis import strategies as st

from survey_app.ballots import crockford, slips

FIFTEEN = st.text(alphabet=crockford.ALPHABET, min_size=15, max_size=15)


@given(FIFTEEN, st.integers(0, 15), st.sampled_from(crockford.ALPHABET))
def test_every_single_wrong_letter_is_noticed(fifteen: str, place: int, letter: str) -> None:
    code = fifteen + slips.check_letter(fifteen)
    wrong = code[:place] + letter + code[place + 1 :]
    assert slips.read(wrong) == (code if wrong == code else None)


@given(FIFTEEN, st.integers(0, 15), st.integers(0, 15))
def test_every_exchange_of_two_letters_is_noticed(fifteen: str, one: int, other: int) -> None:
    code = list(fifteen + slips.check_letter(fifteen))
    right = "".join(code)
    code[one], code[other] = code[other], code[one]
    assert slips.read("".join(code)) == (right if "".join(code) == right else None)


@given(FIFTEEN, st.randoms())
def test_case_blanks_hyphens_and_look_alike_letters_do_not_matter(fifteen: str, random) -> None:
    code = fifteen + slips.check_letter(fifteen)
    look_alikes = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        random.choice([letter.lower(), letter, *look_alikes.get(letter, "")]) + random.choice(["", " ", "-", "—", "　"])
        for letter in code
    )
    assert slips.read(typed) == code


def test_full_width_letters_of_a_chinese_keyboard_are_read() -> None:
    code = slips.drawn()
    full_width = "".join(chr(ord(letter) + 0xFEE0) if letter != "-" else "－" for letter in code)
    assert slips.read(full_width) == code.replace("-", "")


@given(st.text(max_size=40))
def test_anything_else_is_no_code_and_no_error(typed: str) -> None:
    letters = slips.read(typed)
    assert letters is None or slips.check_letter(letters[:15]) == letters[15]


def test_codes_are_printed_in_four_groups_and_differ() -> None:
    codes = {slips.drawn() for _ in range(200)}
    assert len(codes) == 200
    assert all([len(group) for group in code.split("-")] == [4, 4, 4, 4] for code in codes)


def test_the_same_code_has_another_hash_in_another_poll() -> None:
    assert slips.code_hash("poll-1", "A" * 16) != slips.code_hash("poll-2", "A" * 16)


@given(st.binary(min_size=20, max_size=20))
def test_written_letters_hold_the_bytes(data: bytes) -> None:
    letters = crockford.written(data)
    value = 0
    for letter in letters:
        value = value * 32 + crockford.ALPHABET.index(letter)
    assert (len(letters), value.to_bytes(20, "big")) == (32, data)
