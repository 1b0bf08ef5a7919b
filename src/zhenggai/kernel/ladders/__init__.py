"""督办阶梯: built with the press issue."""
