"""后台工人被杀: no job is lost, none is done twice, and the trail knows every one."""

from __future__ import annotations

import pytest
from tests.chaos.victims import heard, killed

pytestmark = pytest.mark.chaos
KILLS = 20
JOBS = 400
WORDS = 3


def test_a_worker_killed_twenty_times_loses_no_job_and_does_none_twice(victims, dice, tell):
    victims.asked("found")
    assert victims.asked("queue", str(JOBS)) == JOBS
    interrupted = 0
    for _ in range(KILLS):
        worker = victims.started("worker")
        for _ in range(dice.randrange(1, 8)):
            heard(worker)
        killed(worker, dice.uniform(0, 0.03))
        interrupted += worker.returncode == -9
    assert interrupted == KILLS, "each worker died at work, not of idleness"

    found = victims.asked("drain")
    expected = {f"word:{n}{part}" for n in range(JOBS) for part in ("", "/second", "/followed")}
    assert found["effects"].keys() == expected
    assert [w for w, ns in found["effects"].items() if ns != list(range(WORDS))] == []
    assert found["acts"] == len(expected)
    assert found["done"] == 2 * JOBS
    assert (found["waiting"], found["dead"], found["faults"]) == (0, [], [])
    tell(f"killed {KILLS}; {found['tried_again']} jobs were taken a second time")
    assert found["tried_again"] > 0, "no kill fell into a job: the test has tested nothing"
