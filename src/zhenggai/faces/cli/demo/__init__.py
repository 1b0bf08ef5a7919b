"""演练数据: what fills the demo; every file it makes says so in its name."""
