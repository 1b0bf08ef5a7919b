"""导入被杀: a manifest names files that are there; what lies about does no harm."""

from __future__ import annotations

import pytest
from tests.chaos.victims import LONGEST

pytestmark = pytest.mark.chaos


def test_an_import_killed_before_every_step_leaves_all_or_nothing(victims, tell):
    victims.asked("found")
    victims.asked("new_plant", "whole")
    _, steps = victims.asked("import_dying", "whole", "0")
    whole = victims.asked("look_at_files", "whole")
    assert whole["values"], "the undisturbed import is what the others are held against"
    assert whole["faults"] == []

    victims.asked("new_plant", "killed")
    lying = 0
    for step in range(1, steps + 1):
        dying = victims.started("import_dying", "killed", str(step))
        dying.communicate(timeout=LONGEST)
        assert dying.returncode == -9, step
        if step % 5 and step < steps - 3:
            continue
        found = victims.asked("look_at_files", "killed")
        assert found["broken"] == []
        assert (found["imports"], found["values"]) == (0, []), step
        assert found["faults"] == []
        lying = max(lying, found["lying_about"])
    tell(f"killed before each of {steps} steps; up to {lying} files lay about without a manifest")
    assert lying > 0, "no kill fell between files and manifest: the test has tested nothing"

    again = [victims.asked("import_dying", "killed", "0")[0] for _ in range(2)]
    assert again[0] == again[1]
    found = victims.asked("look_at_files", "killed")
    assert found["values"] == whole["values"]
    assert found["imports"] == 1
    assert (found["broken"], found["faults"]) == ([], [])
    assert len(found["files"]) == 2 * len(whole["files"])
