"""量度: each number beside a peer or a limit measured in the same run; never a pass or a fail."""
