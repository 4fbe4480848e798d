"""Workers in processes of their own, each with its model loaded once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from satzpaar.alignments.corpus_worker import CorpusWorker
from satzpaar.translate.errors import SatzpaarError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from satzpaar.alignments.corpus_worker import Setup

Item = TypeVar("Item")
Result = TypeVar("Result")

# What numerical libraries ask for how many threads they may have.
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

AHEAD: Final = 4  # items a worker that wait in its queue


class Workers:
    """One worker in this process, or several in others.

    Args:
        setup: What each worker is made with.
        jobs: Processes; with one there is none but this.
    """

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._own: CorpusWorker | None = None

    def each(
        self, function: Callable[[CorpusWorker, Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[Item, Result]]:
        """Yield each item with what *function* makes of it, as they get done.

        Args:
            function: Of a module, so that another process finds it.
            items: With several jobs it is well to have the longest first.

        Raises:
            SatzpaarError: A process was killed.
        """
        jobs = min(self._jobs, len(items))
        if jobs <= 1:
            self._own = self._own or CorpusWorker(self._setup)
            for item in items:
                yield item, function(self._own, item)
            return
        with _few_threads(self._setup.threads):
            yield from _in_processes(self._setup, jobs, function, items)


def _in_processes(
    setup: Setup,
    jobs: int,
    function: Callable[[CorpusWorker, Item], Result],
    items: Sequence[Item],
) -> Iterator[tuple[Item, Result]]:
    # "spawn" everywhere: a fork copies the locks of threads that it leaves behind.
    executor = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(setup,),
    )
    others = set(multiprocessing.active_children())
    waiting: dict[Future[Result], Item] = {}
    left = iter(items)
    finished = False
    try:
        while True:
            while len(waiting) < AHEAD * jobs:
                try:
                    item = next(left)
                except StopIteration:
                    break
                waiting[executor.submit(_call, function, item)] = item
            if not waiting:
                break
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
        finished = True
    except BrokenProcessPool:
        raise SatzpaarError(
            "a process was killed, perhaps for want of memory; what is done is kept, "
            "and the same command goes on, with fewer --jobs if need be"
        ) from None
    finally:
        if not finished:
            # What they are at would go on for minutes; nobody wants it any more.
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _few_threads(threads: int) -> Iterator[None]:
    """Share the cores among the processes that are started meanwhile."""
    unset = [name for name in THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(unset, str(threads)))
    try:
        yield
    finally:
        for name in unset:
            del os.environ[name]


# In another process: the one worker that it has.
_worker: CorpusWorker | None = None


def _start(setup: Setup) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = CorpusWorker(setup)


def _end_with_parent() -> None:
    """Leave no orphan that waits for work if the parent is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call(function: Callable[[CorpusWorker, Item], Result], item: Item) -> Result:
    assert _worker is not None  # `_start` made it
    return function(_worker, item)
