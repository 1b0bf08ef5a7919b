"""来文: from cleaned text to findings, tasks, deadlines, people."""
