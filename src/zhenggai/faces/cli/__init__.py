"""The command zhenggai."""
