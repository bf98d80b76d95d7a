"""One of two processes that train together; see `test_two_processes_equal_one_that_accumulates`.

Usage: torchrun --nproc-per-node 2 parallel_training.py FOLDER. Stops on the way, and is resumed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from test_loop import small_pools, trainer

torch.set_num_threads(1)
small_pools(pytest.MonkeyPatch())
folder = Path(sys.argv[1])
_, begun = trainer(folder)
batches = begun._batches()
while begun.seen < 48:
    begun._window([next(batches)])
begun.save()
begun.accelerator.wait_for_everyone()
del begun
_, run = trainer(folder)
run.resume()
run.run()
run.save()
run.close()
