"""One of two processes that train together; see `test_two_processes_equal_one_that_accumulates`.

Usage: torchrun --nproc-per-node 2 parallel_training.py FOLDER [EXAMPLES], the number to stop after.
A folder with a state is resumed.
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
_, run = trainer(folder)
if (folder / "state.safetensors").exists():
    run.resume()
if len(sys.argv) > 2:
    batches = run._batches()
    while run.seen < int(sys.argv[2]):
        run._window([next(batches)])
else:
    run.run()
run.save()
run.close()
