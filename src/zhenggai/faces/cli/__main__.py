"""命令行 as ``python -m zhenggai.faces.cli``: how one process of ours starts another."""

import sys

from zhenggai.faces.cli.main import main

sys.exit(main())
