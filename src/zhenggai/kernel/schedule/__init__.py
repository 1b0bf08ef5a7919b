"""倒排工期: the network walked back from its deadline, forward from today, and what follows."""
