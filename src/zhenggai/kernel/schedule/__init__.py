"""倒排工期: the network walked back from its deadline."""
