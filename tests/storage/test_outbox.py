"""A consumer that follows seq sees every change once, whoever commits meanwhile."""

import threading
import time
from itertools import pairwise

from sqlalchemy import select

from storage.engine import Database
from storage.models import Change
from storage.outbox import NewChange, append
from tests.making import NOW

WRITERS = 8
ROUNDS = 25


def write(database: Database, writer: int) -> None:
    """Commit changes of one event, some of them after a pause inside the transaction."""
    for number in range(ROUNDS):
        with database.write() as connection:
            change = NewChange("quote.updated", f"q_{writer}", "quote", NOW, {"number": number})
            append(connection, [change])
            time.sleep(0.001 * (writer % 3))


def test_eight_writers_leave_no_gap_behind_a_reader(database: Database) -> None:
    threads = [threading.Thread(target=write, args=(database, n)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    followed: list[tuple[int, str | None, str]] = []
    while len(followed) < WRITERS * ROUNDS:
        after = followed[-1][0] if followed else 0
        at_work = any(thread.is_alive() for thread in threads)
        with database.read() as connection:
            rows = connection.execute(
                select(Change.seq, Change.event_id, Change.snapshot)
                .where(Change.seq > after)
                .order_by(Change.seq)
            ).all()
        followed += [tuple(row) for row in rows]
        if not rows and not at_work:
            break
    for thread in threads:
        thread.join()
    assert len(followed) == WRITERS * ROUNDS
    assert all(one[0] < other[0] for one, other in pairwise(followed))
    for writer in range(WRITERS):
        told = [snapshot for _, event, snapshot in followed if event == f"q_{writer}"]
        assert told == [f'{{"number":{number}}}' for number in range(ROUNDS)]
