"""Open the page: `python app.py [--checkpoint SOURCE]... [--checkpoints FILE] [--host HOST] [--port PORT]`.

SOURCE is a folder, a weight file or a hub id (`owner/name`, or `owner/name@revision`). With several of
them, by repeating the option or in a file with one a line, visitors can choose the model.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

# Before gradio and transformers are imported: no telemetry, no look-ups.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


def serve(checkpoints: Sequence[str], host: str, port: int, *, wait: bool = True) -> Any:
    """Load the first checkpoint, build the page, launch it; a failed one still gives a page.

    Args:
        checkpoints: what visitors can choose from; none: the bundled one.

    Returns:
        The launched `gradio.Blocks`, at once if not `wait`.
    """
    if all(complete(Path(source)) for source in checkpoints):
        # Read by the hub's client when it is imported, so decided before.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    # A quarter of the start would be the collector, walking the libraries over and over as they load.
    # They stay; a model that is let go does not, so it is loaded after them.
    gc.disable()
    from codi.checkpoint import BUNDLED
    from codi.ui.check import Refused
    from codi.ui.handlers import Handlers
    from codi.ui.layout import build
    from codi.ui.models import Models
    from codi.ui.theme import launch_settings

    gc.freeze()
    gc.enable()

    models = Models(checkpoints or [str(BUNDLED)])
    with suppress(Refused):  # the page will say why
        models.switch(models.chosen)
    page = build(Handlers(models))
    page.launch(
        server_name=host, server_port=port, prevent_thread_lock=not wait, **launch_settings()
    )
    return page


def complete(source: Path) -> bool:
    """Whether a checkpoint is here with its tokenizer, so that nothing is fetched from the hub."""
    return ((source if source.is_dir() else source.parent) / "tokenizer.json").is_file()


def read_list(path: Path) -> list[str]:
    """The checkpoints that a file allows: one a line, `#` begins a comment.

    Raises:
        OSError, ValueError: no such file, or nothing in it.
    """
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    if sources := [line for line in lines if line]:
        return sources
    raise ValueError(f"{path} names no checkpoint; write a folder or hub id on each line")


def main(argv: Sequence[str] | None = None) -> None:
    """Read the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(description="The CODI page: one model, aloud and silent.")
    parser.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        metavar="SOURCE",
        help="a folder, file or hub id; several times for a choice; default: the bundled one",
    )
    parser.add_argument(
        "--checkpoints",
        type=Path,
        metavar="FILE",
        help="a list of them, one a line, # for comments",
    )
    parser.add_argument("--host", default=os.getenv("GRADIO_SERVER_NAME", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.getenv("GRADIO_SERVER_PORT", "7860")))
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    for noisy in ("httpx", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    checkpoints = list(arguments.checkpoint)
    if arguments.checkpoints is not None:
        try:
            checkpoints += read_list(arguments.checkpoints)
        except (OSError, ValueError) as error:
            parser.error(str(error))
    serve(checkpoints, arguments.host, arguments.port)


if __name__ == "__main__":
    main()
