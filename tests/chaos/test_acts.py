"""办理时被杀: whatever was acknowledged is there with its entries; nothing else is."""

from __future__ import annotations

import pytest
from tests.chaos.victims import killed

pytestmark = pytest.mark.chaos
ACTS = 100
KILLS = 20


def test_every_acknowledged_act_survives_and_no_entry_is_without_its_act(victims, dice, tell):
    victims.asked("found")
    acknowledged: set[int] = set()
    begun: set[int] = set()
    deaths = 0
    while len(acknowledged) < ACTS:
        clerk = victims.started("report", str(len(acknowledged)), str(ACTS))
        last = dice.uniform(0, 0.08) if deaths < KILLS else 60
        for word, _, number in (line.partition(" ") for line in killed(clerk, last)):
            (acknowledged if word == "done" else begun).add(int(number))
        assert clerk.returncode in (0, -9), "a clerk is killed or comes to the end, nothing else"
        deaths += clerk.returncode == -9
        found = victims.asked("look_at_acts") if deaths % 5 == 0 else None
        if found is not None:
            assert acknowledged <= set(found["acts"]) <= begun
            assert found["acts"] == found["told"]
            assert found["orphans"] == 0
    found = victims.asked("look_at_acts")
    assert found["acts"] == found["told"] == list(range(ACTS))
    assert (found["rows"], found["rows_untold"]) == (ACTS, 0)
    assert (found["orphans"], found["faults"]) == (0, [])
    tell(f"{ACTS} acts, {deaths} deaths")
    assert deaths >= KILLS / 2, "too few kills fell into work"
