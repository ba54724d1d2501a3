"""Train the newsroom network on all its tasks at once.

Each step takes one batch of each task (trees and tags, named entities, attributions), adds up their losses
and moves the weights once.  With ``processes=2`` the batches of a step are shared out over two processes
of one thread each, whose gradients are summed: the same step, twice as fast on two cores.  A run is
determined by its seed, resumes from its last checkpoint, and may be interrupted at any time.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import distributed, nn
from torch.multiprocessing.spawn import spawn

from attribution.parse.network import Inventory, Network
from attribution.parse.pieces import Pieces
from attribution.train import corpora, start
from attribution.train.corpora import Example
from attribution.train.losses import Labels, Stream, loss
from attribution.train.measure import measure


@dataclass(frozen=True)
class Plan:
    """What to train on and for how long.  The defaults made the weights that ship.

    Attributes:
        data: folder with ``ud/``, ``ner/`` and ``polnear/`` (docs/retraining.md says where they are had).
        checkpoints: folder for checkpoints and the log.
        steps: number of updates.
        tree_pieces, entity_pieces, attribution_pieces: word pieces in one step's batch of each task; 0 leaves the
            task out.
        held_out: fold of PolNeAR's training articles that is left out, to be measured on; None leaves none out.
        encoder_rate, head_rate: peak learning rates.
    """

    data: Path
    checkpoints: Path
    steps: int = 1300
    tree_pieces: int = 2600
    entity_pieces: int = 500
    attribution_pieces: int = 3200
    held_out: int | None = None
    encoder_rate: float = 3e-4
    head_rate: float = 1.5e-3
    warm_up: float = 0.06
    weight_decay: float = 0.01
    processes: int = 1
    save_every: int = 50
    measure_every: int = 300
    seed: int = 20161108


TASKS = ("trees", "entities", "attributions")

_PROCESS_OF = {"trees": 0, "entities": 1, "attributions": 1}
"""Which of two processes takes a task's batch; chosen so that both have about as many word pieces."""


def train(plan: Plan) -> Path:
    """Train as planned, or go on where an interrupted run stopped; returns the last checkpoint's path."""
    plan.checkpoints.mkdir(parents=True, exist_ok=True)
    if plan.processes == 1:
        _work(0, plan)
    else:
        os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
        os.environ.setdefault("MASTER_PORT", "29533")
        spawn(_work, args=(plan,), nprocs=plan.processes)  # type: ignore[no-untyped-call]
    return plan.checkpoints / "last.pt"


def read_tasks(plan: Plan, pieces: Pieces) -> dict[str, list[Example]]:
    """The training examples of each task that the plan has; the trees are always read, for their inventory."""
    tasks = {"trees": corpora.universal_dependencies(sorted((plan.data / "ud").glob("*-train.conllu")), pieces)}
    if plan.entity_pieces:
        tasks["entities"] = _entities(plan, pieces)
    if plan.attribution_pieces:
        tasks["attributions"] = corpora.attributions(plan.data / "polnear", "train", pieces, held_out=plan.held_out)
    return tasks


def _entities(plan: Plan, pieces: Pieces) -> list[Example]:
    ud, ner = plan.data / "ud", plan.data / "ner"
    tags = corpora.universal_ner(ner / "en_ewt-ud-dev.iob2")
    in_domain = corpora.universal_dependencies([ud / "en_ewt-ud-dev.conllu"], pieces, entities=dict(tags))
    # Entities alone are learned from these sentences: their trees are what trees are measured on.
    examples = [Example(e.window, ner=e.ner) for e in in_domain if e.ner is not None] * 3
    for name in ("re3d", "wikigold", "sec"):
        examples += corpora.conll_entities(ner / name, pieces)
    # Social media: a third is plenty for a reader of news.
    for name in ("wnut17", "btc"):
        examples += corpora.conll_entities(ner / name, pieces)[::3]
    return examples


def _work(rank: int, plan: Plan) -> None:
    torch.manual_seed(plan.seed)
    if plan.processes > 1:
        torch.set_num_threads(1)
        distributed.init_process_group("gloo", rank=rank, world_size=plan.processes)
    torch.set_flush_denormal(True)
    pieces = Pieces(start.folder() / "tokenizer.json")
    examples = read_tasks(plan, pieces)
    inventory = corpora.inventory(examples["trees"])
    network = Network(inventory)
    start.load_into(network)
    network.piece_embedding.weight.requires_grad_(False)
    optimizer = _optimizer(network, plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _rate(plan))
    done = 0
    checkpoint = plan.checkpoints / "last.pt"
    if checkpoint.exists():
        stored = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(stored["network"])
        optimizer.load_state_dict(stored["optimizer"])
        schedule.load_state_dict(stored["schedule"])
        done = stored["step"]
    labels = Labels.of(inventory)
    sizes = dict(zip(TASKS, (plan.tree_pieces, plan.entity_pieces, plan.attribution_pieces), strict=True))
    mine = [t for t in TASKS if sizes[t] and (plan.processes == 1 or _PROCESS_OF[t] == rank)]
    streams = {task: Stream(examples[task], sizes[task], plan.seed) for task in mine}
    for stream in streams.values():
        stream.skip(done)
    network.train()
    began, shown = time.monotonic(), done
    totals: dict[str, float] = {}
    for step in range(done + 1, plan.steps + 1):
        torch.manual_seed(plan.seed + step * plan.processes + rank)
        optimizer.zero_grad(set_to_none=True)
        for task in mine:
            parts = loss(network, streams[task].next(), labels)
            torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
            for name, value in parts.items():
                totals[name] = totals.get(name, 0.0) + value.item()
        if plan.processes > 1:
            _sum_gradients(network)
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        if step % 10 == 0:
            pace = (time.monotonic() - began) / (step - done)
            means = {name: round(value / (step - shown), 4) for name, value in totals.items()}
            _log(plan, rank, {"step": step, "seconds_per_step": round(pace, 2), **means})
            totals, shown = {}, step
        if rank == 0 and (step % plan.save_every == 0 or step == plan.steps):
            _save(checkpoint, network, optimizer, schedule, step, inventory)
        if step % plan.measure_every == 0 or step == plan.steps:
            scores = measure(network, pieces, plan.data, [t for t in mine if t != "entities"])
            _log(plan, rank, {"step": step, "dev": scores})
            network.train()
    if plan.processes > 1:
        distributed.destroy_process_group()


def _optimizer(network: Network, plan: Plan) -> torch.optim.AdamW:
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        encoder = name.startswith(("blocks.", "position_embedding", "embedding_norm"))
        rate = plan.encoder_rate if encoder else plan.head_rate
        decay = 0.0 if parameter.dim() < 2 else plan.weight_decay
        groups.setdefault((rate, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": p, "lr": rate, "weight_decay": decay} for (rate, decay), p in groups.items()],
        betas=(0.9, 0.98), fused=True,
    )  # fmt: skip


def _rate(plan: Plan) -> Callable[[int], float]:
    warm = max(1, int(plan.warm_up * plan.steps))

    def rate(step: int) -> float:
        if step < warm:
            return (step + 1) / warm
        return max(0.0, (plan.steps - step) / (plan.steps - warm))

    return rate


def _sum_gradients(network: Network) -> None:
    """Add up the processes' gradients; a head that a process did not use has none of its own."""
    parameters = [p for p in network.parameters() if p.requires_grad]
    flat = torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in parameters])
    distributed.all_reduce(flat)
    at = 0
    for parameter in parameters:
        parameter.grad = flat[at : at + parameter.numel()].view_as(parameter)
        at += parameter.numel()


def _save(
    path: Path,
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    step: int,
    inventory: Inventory,
) -> None:
    content = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
        "inventory": asdict(inventory),
    }
    partial = path.with_suffix(".partial")
    torch.save(content, partial)
    partial.replace(path)  # an interruption never leaves half a checkpoint


def _log(plan: Plan, rank: int, entry: Mapping[str, object]) -> None:
    line = json.dumps({"process": rank, **entry})
    with (plan.checkpoints / f"log-{rank}.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")
