"""`handfast serve`: the web server and the worker, begun together and ended together."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import typer

from handfast.cli.opening import open_house
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

    from django.core.handlers.wsgi import WSGIHandler

HOST = "127.0.0.1"  # whoever serves others puts a proxy before it, which speaks TLS
THREADS = min(8, 2 * (os.cpu_count() or 1))
END_SECONDS = 15
WORKER = "import sys; from handfast.cli import main; sys.exit(main())"


class PortBusy(Refusal):
    """The port belongs to another program."""

    code = "port-busy"


class DatabaseBehind(Refusal):
    """The database lacks what this release expects."""

    code = "database-behind"


def serve() -> None:
    """Serve the pages on this machine and do the work of the outbox, until Ctrl+C."""
    open_house()
    from handfast.settings import ENVIRONMENT

    refuse_busy(ENVIRONMENT.port)
    _refuse_behind()
    _gather_static()
    worker = Worker()
    try:
        _serve_web(
            ENVIRONMENT.port,
            lambda: typer.echo(f"Handfast is at {ENVIRONMENT.address.origin} (Ctrl+C ends it)"),
        )
    finally:
        worker.end()
    if worker.has_failed:
        raise typer.Exit(1)


class Worker:
    """`handfast work` as a child; one that ends alone takes the server with it, so that whoever watches over it sees it."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", WORKER, "work", "--beside", str(os.getpid())]
        # In a session of its own, since Ctrl+C is for the server, which then tells the worker.
        self.process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - nothing in it comes from outside
        self.is_told = threading.Event()
        self.has_failed = False
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        ended = self.process.wait()
        if self.is_told.is_set():
            return
        if ended:
            self.has_failed = True
            typer.echo(f"the worker ended with {ended}: the server ends too", err=True)
        os.kill(os.getpid(), signal.SIGTERM)

    def end(self) -> None:
        """Let it finish the row in its hands."""
        self.is_told.set()
        self.process.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:  # its row goes back to the outbox when the lease ends
            self.process.kill()
            self.process.wait()


def application() -> WSGIHandler:
    """What the web process calls, which ends with its server also where the server was killed."""
    if server := multiprocessing.parent_process():
        threading.Thread(target=_end_after, args=(server,), daemon=True).start()
    from handfast.settings.wsgi import application as pages

    return pages


def _end_after(server: BaseProcess) -> None:
    server.join()
    os._exit(1)


def refuse_busy(port: int) -> None:
    """Refuse a port that another program listens on; one that was closed a moment ago is free."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            said = f"port {port} is in use: end the program that uses it, or set HANDFAST_PORT to another one"
            raise PortBusy(said) from None


def _refuse_behind() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        connection.close()
        raise DatabaseBehind(f"the database lacks {len(missing)} migrations: run `handfast migrate` first")
    connection.close()


def _gather_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _serve_web(port: int, say: Callable[[], None]) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "handfast.cli.serve:application",
        factory=True,
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=END_SECONDS,
    )
    server.on_startup(say)
    server.serve()
