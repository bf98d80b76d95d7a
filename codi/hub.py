"""The Hugging Face hub: where checkpoints are fetched from and left for others.

Only files that cannot run are fetched (weights, tokenizer, JSON), pickles on request alone. Without a
network, or with `HF_HUB_OFFLINE=1`, what an earlier call left in the cache is used. A name may carry a
revision, `owner/name@commit`; with the 40 hex digits of a commit the same bytes come for ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import httpx
import huggingface_hub
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from codi.tensors import first_line

TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")
WEIGHTS = ("*.safetensors", "*.safetensors.index.json", "config.json", "README.md", *TOKENIZER)
PICKLES = ("pytorch_model*.bin", "pytorch_model*.bin.index.json")

_ID = re.compile(r"\w[\w.-]*/\w[\w.-]*(@[\w./-]+)?")

_CARD = """---
library_name: codi
tags: [codi, latent-reasoning]
pipeline_tag: text-generation
---
# {name}

A CODI model: it answers word problems after thinking {num_latents} continuous thoughts instead of writing
its steps ([arXiv 2502.21074](https://arxiv.org/abs/2502.21074)). Trained for: {objective}.

```python
import codi
model = codi.load("{name}")
trace = codi.decode(model, "Tom has 3 bags of 4 apples. How many apples does he have?")
print(trace.answer)
```
"""


def is_id(source: object) -> bool:
    """Whether this text means `owner/name` (or `owner/name@revision`) on the hub and not a folder.

    A folder named `owner` here makes it a path: `runs/tiny` is a run that is missing.
    """
    return (
        isinstance(source, str)
        and _ID.fullmatch(source) is not None
        and not Path(source).parent.exists()
    )


def fetch(source: str, revision: str | None, patterns: Sequence[str]) -> Path:
    """The folder with a repository's files of these patterns, downloaded or from the cache.

    Args:
        source: `owner/name`, or `owner/name@revision` with `revision` None.

    Raises:
        FileNotFoundError: no such repository, revision or permission; or no network and no copy.
        ValueError: two revisions.
    """
    repo_id, _, pinned = source.partition("@")
    if pinned and revision:
        raise ValueError(f"{source} names a revision already, got revision {revision!r} as well")
    revision = pinned or revision
    named = f"{repo_id} at revision {revision}" if revision else repo_id
    try:
        return _snapshot(repo_id, revision, patterns)
    except RevisionNotFoundError:
        reason = f"the hub has no {named}"
    except GatedRepoError:
        reason = (
            f"{repo_id} asks for its licence to be accepted at https://huggingface.co/{repo_id}; "
            "do so, then `hf auth login`"
        )
    except RepositoryNotFoundError:
        reason = f"the hub has no {repo_id}, or it is private and you are not logged in"
    except LocalEntryNotFoundError:
        reason = (
            f"no folder is called {repo_id}, and {named} cannot be fetched from the hub: no network, "
            "or offline mode (HF_HUB_OFFLINE), and no copy in the cache"
        )
    except Exception as error:  # the hub's client lets its HTTP library's errors through
        reason = f"{named} cannot be fetched from the hub ({first_line(error)})"
    raise FileNotFoundError(reason)


def _snapshot(repo_id: str, revision: str | None, patterns: Sequence[str]) -> Path:
    def folder(*, local: bool) -> Path:
        return Path(
            huggingface_hub.snapshot_download(
                repo_id,
                revision=revision,
                allow_patterns=list(patterns),
                local_files_only=local,
            )
        )

    try:
        return folder(local=huggingface_hub.is_offline_mode())
    except httpx.TransportError:  # a pinned revision may be in the cache all the same
        return folder(local=True)


def card(name: str, num_latents: int, objective: str) -> str:
    """A minimal model card, for a model that brings none."""
    return _CARD.format(name=name, num_latents=num_latents, objective=objective)


def upload(folder: Path, repo_id: str, *, token: str | None, private: bool) -> str:
    """Create the repository if need be and upload the folder in one commit; returns its address.

    Raises:
        ConnectionError: no network, offline mode, or the hub refuses.
    """
    api = huggingface_hub.HfApi(token=token)
    try:
        api.create_repo(repo_id, private=private, exist_ok=True)
        commit = api.upload_folder(repo_id=repo_id, folder_path=folder, commit_message="CODI model")
    except (httpx.TransportError, OfflineModeIsEnabled):
        raise ConnectionError(
            f"{repo_id} cannot be uploaded: no network, or offline mode (HF_HUB_OFFLINE)"
        ) from None
    except HfHubHTTPError as error:
        raise ConnectionError(
            f"{repo_id} cannot be uploaded ({first_line(error)}); are you logged in (`hf auth login`) "
            "and allowed to write there?"
        ) from None
    return str(commit)
