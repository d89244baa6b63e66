"""Work done in a process of its own, so that what it loads goes when it is done: numpy takes 15 MB, a connection 20.

    aside = Aside()
    found = aside.call(jobs.passes, orbit, start_unix_s, end_unix_s, place)  # blocks, so call it in a thread
    aside.close()                                                            # on leaving

The other process is this very Python on this very path. It gets the name of one of `sim.jobs`' functions and its
arguments, does that one job and ends. Where none can be started or it dies, the job is done here: nothing is lost but
memory. It also ends by itself as soon as whoever asked is gone, however that went.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple, cast

from sim.errors import TiangongError
from sim.jobs import JOBS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_START = "import sys; sys.path[:] = sys.argv[1:]; from sim.aside import serve; serve()"
_STOP = b"."
_TOLD, _DONE, _FAILED = "told", "done", "failed"
_UNREADABLE = (OSError, EOFError, ValueError, TypeError, LookupError, AttributeError, ImportError, pickle.PickleError)
"""What reading half a message raises, or one of a program that was replaced while this one runs."""


class Asker:
    """Whoever wants a job done: is told how it goes, and may have enough of it at any time.

    Args:
        tell: Called with whatever a job has to say on the way, from the thread that waits for it.
    """

    def __init__(self, tell: Callable[..., None] | None = None) -> None:
        self.tell: Callable[..., None] = tell or (lambda *_: None)
        self._stopped = threading.Event()
        self._pass_on: Callable[[], None] | None = None

    def is_set(self) -> bool:
        """Whether the job is to end early."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ask for an early end; the job still answers."""
        self._stopped.set()
        pass_on = self._pass_on
        if pass_on is not None:
            pass_on()

    def when_stopped(self, pass_on: Callable[[], None] | None) -> None:
        """Have somebody else told of it too, also if it was before."""
        self._pass_on = pass_on
        if pass_on is not None and self.is_set():
            pass_on()


class _NoAnswerError(Exception):
    """The other process could not be had, or said nothing that can be read."""


class Aside:
    """The processes that work for this one; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._askers: set[Asker] = set()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def call(self, job: Callable[[Asker, *Ts], T], *arguments: *Ts, asker: Asker | None = None) -> T:
        """Have a job of `sim.jobs` done and wait for what it returns.

        Where what the job needs is loaded already it is done here: there is nothing left to save.

        Raises:
            TiangongError: The job's own.
            CancelledError: Closed meanwhile.
        """
        asker = asker or Asker()
        with self._lock:
            self._assert_open()
            self._askers.add(asker)
        try:
            if JOBS[job.__name__].loads not in sys.modules:
                with suppress(_NoAnswerError):
                    answer: T = self._elsewhere(job.__name__, arguments, asker)
                    return answer
                self._assert_open()
            return job(asker, *arguments)
        finally:
            with self._lock:
                self._askers.discard(asker)

    def close(self) -> None:
        """End what runs, and let nothing begin any more; waits for nothing."""
        with self._lock:
            self._closed = True
            processes, askers = list(self._processes), list(self._askers)
        for process in processes:
            process.kill()
        for asker in askers:  # of what is done here
            asker.stop()

    def _assert_open(self) -> None:
        if self._closed:
            raise CancelledError

    def _elsewhere(self, name: str, arguments: tuple[Any, ...], asker: Asker) -> Any:  # noqa: ANN401 - the job's
        try:
            request = pickle.dumps((name, JOBS[name].packed(*arguments)))
        except (pickle.PicklingError, TypeError, AttributeError, RuntimeError) as problem:  # an orbit not to be sent
            raise _NoAnswerError from problem
        process = self._started()
        limit = threading.Timer(JOBS[name].longest_s, process.kill)
        limit.daemon = True
        limit.start()
        try:
            return _conversation(process, request, asker)
        finally:
            limit.cancel()
            asker.when_stopped(None)
            process.kill()
            process.communicate()
            with self._lock:
                self._processes.discard(process)

    def _started(self) -> subprocess.Popen[bytes]:
        """Python once more, with modules looked for where this one found them."""
        if not sys.executable or getattr(sys, "frozen", False):  # inside of another program: it is no Python
            raise _NoAnswerError
        with self._lock:
            self._assert_open()
            try:
                process = subprocess.Popen(  # noqa: S603 - ourselves
                    [sys.executable, "-c", _START, *sys.path],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={"OPENBLAS_NUM_THREADS": "1", **os.environ},  # a third of numpy's start is making threads
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except (OSError, ValueError) as problem:
                raise _NoAnswerError from problem
            self._processes.add(process)
            return process


def _conversation(process: subprocess.Popen[bytes], request: bytes, asker: Asker) -> Any:  # noqa: ANN401 - the job's
    """Ask, hand on what is told, and return the answer."""
    to, back = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)

    def pass_on_stop() -> None:
        with suppress(OSError, ValueError):  # it has ended just now
            _send(to, _STOP)

    try:
        _send(to, request)
    except OSError as problem:
        raise _NoAnswerError from problem
    asker.when_stopped(pass_on_stop)
    while True:
        kind, content = _heard(back)
        if kind == _DONE:
            return content
        if kind == _FAILED:
            raise content
        asker.tell(*content)


def _heard(back: IO[bytes]) -> tuple[str, Any]:
    """The next thing that is said."""
    try:
        kind, content = pickle.load(back)  # noqa: S301 - from ourselves
    except _UNREADABLE as problem:
        raise _NoAnswerError from problem
    return kind, content


def _send(to: IO[bytes], message: bytes) -> None:
    to.write(message)
    to.flush()


# ── the other end ─────────────────────────────────────────────────────────────────────────────────


def serve() -> None:
    """Do the one job that is asked for on stdin, answer on stdout, and end."""
    ask, answer = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # so that nothing else gets between the answers
    try:
        name, arguments = pickle.load(ask)  # noqa: S301 - from ourselves
        asker = Asker(lambda *words: _send(answer, pickle.dumps((_TOLD, words))))
        threading.Thread(target=_listen, args=(ask, asker), daemon=True).start()
        try:
            reply = _DONE, JOBS[name].work(asker, *arguments)
        except TiangongError as problem:
            reply = _FAILED, problem
        _send(answer, pickle.dumps(reply))
    finally:
        os._exit(0)  # there is nothing to tidy up, and the thread that listens would be waited for


def _listen(ask: IO[bytes], asker: Asker) -> None:
    """A byte means stop; the end of the pipe, that nobody is there any more to answer."""
    while ask.read(1):
        asker.stop()
    os._exit(0)
