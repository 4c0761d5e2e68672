"""Threats by time and by mathematics: an observer with exact times, and a holder of every key, file and log.

One run is a whole poll of five units through the app: everybody signs in, collects and answers, on simulated days.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import rankdata
from sqlalchemy import text

from survey_app.ballots.encodings import nonce_hash
from survey_app.ballots.manifests import SlotManifest
from survey_app.ballots.receipts import commitment, receipt
from survey_app.ballots.verifying import is_signed
from survey_app.services.backing_up import back_up
from survey_app.services.casting import Submission, TicketCredential
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.services.terms import slot_manifest
from tests.secrecy.observers import Run, chance_of_as_many, fixed_points, linked, told_by_page, units_of, whole_poll
from tests.secrecy.served_term import Member, ServedTerm, served_term
from tests.secrecy.test_counting_honestly import private_key
from tests.secrecy.threats import threat
from tests.small_polls import FIRST, OFFICER

SIZES = {"B01": 10, "B02": 10, "B03": 20, "B04": 20, "B05": 40}
#: Chance alone goes beyond this once in a million runs, with a hundred features looked at.
STRIKING = 5.8


@pytest.fixture(scope="module")
def in_one_sitting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServedTerm, Run]]:
    yield from run_of(tmp_path_factory.mktemp("combined"), "combined")


@pytest.fixture(scope="module")
def in_two_phases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServedTerm, Run]]:
    yield from run_of(tmp_path_factory.mktemp("two-phases"), "two_phases")


def run_of(folder: Path, mode: str) -> Iterator[tuple[ServedTerm, Run]]:
    house = served_term(folder, SIZES, mode)
    yield house, whole_poll(house, SIZES, seed=8)
    house.close()


def right_ones(run: Run) -> int:
    return sum(linked(run, unit)[0] for unit in units_of(SIZES))


@threat(4)
def test_linking_by_time_who_collected_and_answered_in_one_sitting(in_one_sitting: tuple[ServedTerm, Run]) -> None:
    """Why one sitting is for polls that are marked as not sensitive: the observer links nearly everybody."""
    house, run = in_one_sitting
    assert told_by_page(house)["mode"] == "combined"
    assert right_ones(run) >= 0.9 * sum(SIZES.values())


@threat(4)
def test_linking_by_time_who_collected_on_one_day_and_answered_on_another(
    in_two_phases: tuple[ServedTerm, Run],
) -> None:
    """The same observer does no better than guessing blindly, by the exact distribution of blind guesses."""
    house, run = in_two_phases
    assert told_by_page(house)["mode"] == "two_phases"
    assert chance_of_as_many(list(SIZES.values()), right_ones(run)) > 0.01


def test_blind_guessing_links_one_of_a_unit_whatever_its_size() -> None:
    """The yardstick itself: rencontres numbers."""
    for size in (2, 10, 40):
        shares = fixed_points(size)
        assert shares.sum() == pytest.approx(1)
        assert (shares * np.arange(size + 1)).sum() == pytest.approx(1)
    assert fixed_points(3).tolist() == pytest.approx([2 / 6, 3 / 6, 0, 1 / 6])


@threat(26)
def test_late_collectors_who_answer_the_next_morning_are_more_than_guessed(
    tmp_path: Path,
) -> None:
    """What is left, and told in the table: who collects while the poll is open waits one night alone."""
    house = served_term(tmp_path, {"B01": 12, "B02": 12})
    run = whole_poll(house, {"B01": 12, "B02": 12}, seed=8, late=True)
    house.close()
    assert all(one.at.date() >= FIRST for one in run.collected)
    found = sum(linked(run, unit)[0] for unit in ("b01", "b02"))
    assert 2 < found < 24


Feature = Mapping[str, list[float]]


def stored_of_people(house: ServedTerm, run: Run) -> Feature:
    """Of each person in the order in which ballots came: everything the registry keeps of the collecting, as numbers."""
    with house.stores.registry.connect() as connection:
        lying = connection.execute(text("SELECT staff_number, key_id, blinded_hash FROM issuance")).all()
        members = connection.scalars(text("SELECT staff_number FROM term_member")).all()
        sessions = connection.execute(text("SELECT staff_number, token_hash FROM member_session")).all()
    files = b"".join(path.read_bytes() for path in sorted(house.folder.glob("registry.db*")))
    rows = {row.staff_number: (place, bytes(row.blinded_hash or b"")) for place, row in enumerate(lying)}
    tokens = {row.staff_number: (place, bytes(row.token_hash)) for place, row in enumerate(sessions)}
    told = {
        "place among those who collected": lambda who: rows[who][0],
        "where its row lies in the file": lambda who: files.rfind(who.encode()),
        "what was signed": lambda who: first_bytes(rows[who][1]),
        "where what was signed lies": lambda who: files.rfind(rows[who][1]) if rows[who][1] else 0,
        "place on the roster": members.index,
        "place among the sessions": lambda who: tokens[who][0],
        "the session": lambda who: first_bytes(tokens[who][1]),
        "where the session lies": lambda who: files.rfind(tokens[who][1]),
    }
    return {name: [float(told_of(who)) for who in run.truth] for name, told_of in told.items()}


def stored_of_ballots(run: Run, data: bytes) -> Feature:
    """Of each ballot in the order in which they came: everything a file of the ballot box shows of it, as numbers."""
    told: dict[str, Callable[[Submission], float]] = {
        "where it lies": lambda one: data.find(one.opener),
        "its key": lambda one: first_bytes(key_of(one)),
        "place by its key": lambda one: sorted(map(key_of, run.sent)).index(key_of(one)),
        "its opener": lambda one: first_bytes(one.opener),
        "its receipt": lambda one: first_bytes(receipt(key_of(one), commitment(one.opener, one.answers))),
        "its length": lambda one: len(one.answers),
    }
    assert all(one.opener in data for one in run.sent)
    return {name: [float(told_of(one)) for one in run.sent] for name, told_of in told.items()}


def first_bytes(data: bytes) -> int:
    return int.from_bytes(data[:6], "big")


def key_of(one: Submission) -> bytes:
    assert isinstance(one.credential, TicketCredential)
    return nonce_hash(one.credential.prepared)


def striking(run: Run, people: Feature, ballots: Feature) -> dict[tuple[str, str], float]:
    """Which feature of persons goes with which of ballots within units, in standard deviations of random assignments."""
    units = np.array([one.unit_id for one in run.ballots])
    found = {}
    for of_person, values in people.items():
        for of_ballot, others in ballots.items():
            total, variance = 0.0, 0.0
            for unit in np.unique(units):
                first, second = (rankdata(np.array(each)[units == unit]) for each in (values, others))
                if len(set(first)) > 1 and len(set(second)) > 1:
                    total += np.corrcoef(first, second)[0, 1] * (len(first) - 1)
                    variance += len(first) - 1
            if variance and abs(total) / variance**0.5 > STRIKING:
                found[of_person, of_ballot] = total / variance**0.5
    return found


@threat(11)
@pytest.mark.parametrize("mode", ["in_one_sitting", "in_two_phases"])
def test_joining_everything_both_databases_keep_by_place_order_length_or_value(
    request: pytest.FixtureRequest, mode: str, tmp_path: Path
) -> None:
    """While the poll is open, after sealing and in a backup, against the truth; a planted time would be found."""
    house, run = request.getfixturevalue(mode)
    people = stored_of_people(house, run)
    came = {who.who: float(place) for place, who in enumerate(run.collected)}
    arrival = {"came": [float(place) for place in range(len(run.sent))]}
    if mode == "in_one_sitting":
        assert striking(run, {"collected": [came[who] for who in run.truth]}, arrival)
    live = (house.folder / "ballot_box.db").read_bytes()
    assert striking(run, people, stored_of_ballots(run, live)) == {}
    close_poll(house.stores, "poll-1", OFFICER)
    box = seal_poll(house.stores, house.folder, "poll-1").path
    people = stored_of_people(house, run)
    sealed = stored_of_ballots(run, box.read_bytes())
    assert striking(run, people, sealed) == {}
    assert striking(run, arrival, sealed) == {}
    copy = back_up(house.stores, house.folder, tmp_path / "backup").folder
    assert (copy / "sealed" / box.name).read_bytes() == box.read_bytes()
    kept = (copy / "registry.db").read_bytes()
    lying = {"where the row lies": [float(kept.rfind(who.encode())) for who in run.truth]}
    collected = {"collected": [came[who] for who in run.truth]}
    assert striking(run, lying, sealed | collected | arrival) == {}


@threat(11)
def test_fitting_every_ballot_to_every_collecting_with_the_private_key(tmp_path: Path) -> None:
    """Somebody keeps the key, every blinded message and every ballot as it was sent, and computes for ever.

    For each pair there is exactly one blinding factor, and none of them looks unlike the others.
    """
    house = served_term(tmp_path, {"B01": 11, "B02": 11})
    people = [Member(house, f"b01-{n:03}") for n in range(6)]
    tickets = [one.collect() for one in people]
    manifest = SlotManifest.from_bytes(slot_manifest(house.stores, "2026-01"))
    blinded = [int.from_bytes(one.page.wanted(manifest).blinded, "big") for one in people]
    key = private_key(house.stores, "b01")
    house.close()
    n, d = key.public.n, pow(65537, -1, (key.p - 1) * (key.q - 1))
    factors = set()
    for hidden in blinded:
        for ticket in tickets:
            signature = int.from_bytes(ticket.signature, "big")
            number = pow(signature, 65537, n)
            factor = pow(hidden * pow(number, -1, n), d, n)
            assert number * pow(factor, 65537, n) % n == hidden  # it gives this blinded message
            assert pow(hidden, d, n) * pow(factor, -1, n) % n == signature  # and this ticket
            assert is_signed(key.public, ticket.prepared, ticket.signature)
            factors.add(factor)
    assert len(factors) == len(blinded) * len(tickets)
    assert min(factors) > 2**1980
    assert max(factors) < n - 2**1980
