"""Open the page: `python app.py [--checkpoint FOLDER] [--host HOST] [--port PORT]`."""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# Before gradio and transformers are imported: no telemetry, no look-ups.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


def serve(checkpoint: str | None, host: str, port: int, *, wait: bool = True) -> Any:
    """Load the checkpoint, build the page, launch it; a missing checkpoint still gives a page.

    Returns:
        The launched `gradio.Blocks`, at once if not `wait`.
    """
    if checkpoint is None or Path(checkpoint).exists():
        # Read by the hub's client when it is imported; a checkpoint of the hub needs the network.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    from codi.checkpoint import load
    from codi.ui.handlers import Handlers
    from codi.ui.layout import build
    from codi.ui.theme import launch_settings

    try:
        handlers = Handlers(load(checkpoint))
    except (FileNotFoundError, ValueError) as error:
        logging.getLogger("codi.page").warning("no model: %s", error)
        handlers = Handlers(None, str(error))
    page = build(handlers)
    page.launch(
        server_name=host, server_port=port, prevent_thread_lock=not wait, **launch_settings()
    )
    return page


def main(argv: Sequence[str] | None = None) -> None:
    """Read the command line and serve until interrupted."""
    parser = argparse.ArgumentParser(description="The CODI page: one model, aloud and silent.")
    parser.add_argument("--checkpoint", help="a folder or hub id; default: the bundled one")
    parser.add_argument("--host", default=os.getenv("GRADIO_SERVER_NAME", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.getenv("GRADIO_SERVER_PORT", "7860")))
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    for noisy in ("httpx", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    serve(arguments.checkpoint, arguments.host, arguments.port)


if __name__ == "__main__":
    main()
