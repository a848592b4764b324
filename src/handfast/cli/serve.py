"""`handfast serve`: the web server and the worker, begun together and ended together."""

from __future__ import annotations

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

HOST = "127.0.0.1"  # whoever serves others puts a proxy before it, which speaks TLS
THREADS = 8
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
    command = [sys.executable, "-c", WORKER, "work", "--beside", str(os.getpid())]
    worker = subprocess.Popen(command)  # noqa: S603 - nothing in it comes from outside
    is_ending = threading.Event()
    threading.Thread(target=_end_with, args=(worker, is_ending), daemon=True).start()
    try:
        _serve_web(
            ENVIRONMENT.port,
            lambda: typer.echo(f"Handfast is at {ENVIRONMENT.address.origin} (Ctrl+C ends it)"),
        )
    finally:
        is_ending.set()
        worker.terminate()
        _wait_for(worker)
    if worker.returncode > 0:
        raise typer.Exit(1)


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
        "handfast.settings.wsgi:application",
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


def _end_with(worker: subprocess.Popen[bytes], is_ending: threading.Event) -> None:
    """A worker that ends alone takes the server with it: whoever watches over the server sees it."""
    worker.wait()
    if not is_ending.is_set():
        typer.echo(f"the worker ended with {worker.returncode}: the server ends too", err=True)
        os.kill(os.getpid(), signal.SIGTERM)


def _wait_for(worker: subprocess.Popen[bytes]) -> None:
    try:
        worker.wait(END_SECONDS)
    except subprocess.TimeoutExpired:  # its row goes back to the outbox when the lease ends
        worker.kill()
        worker.wait()
