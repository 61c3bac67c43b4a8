"""``beleg serve``: the case as pages in the browser of this machine, and of nobody else's."""

from __future__ import annotations

import socket

import click

from beleg.commands.opening import open_case, utc_now
from beleg.commands.options import case_option
from beleg.errors import UsageError

HERE = "127.0.0.1"


@click.command()
@case_option
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any that is free.")
@click.option("--new", is_flag=True, help="Make the case where there is none.")
def serve(home: str, port: int, new: bool) -> None:
    """Work on a case in the browser: import, ledger, matters, articles, review, check, search, the log.

    Only this machine is answered, and only who has the address that is printed; stop with Ctrl-C.

    Example: beleg serve --case beleg-case
    """
    import uvicorn  # with the web application a third of a second to load: not for every command

    from beleg.web.app import create_app
    from beleg.web.security import Gate, new_token

    with open_case(home, create=new) as case, _listen(port) as listening:
        gate = Gate(new_token(), listening.getsockname()[1])
        click.echo(f"{home}: open http://{HERE}:{gate.port}/?token={gate.token}")
        config = uvicorn.Config(
            create_app(case, gate, utc_now),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    """Return a listening socket on the loopback interface alone."""
    # the protocol named: asyncio turns off the waiting for full packets (40 ms an answer) only where it stands
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HERE, port))
        listening.listen()  # who opens the address at once waits for the server instead of being refused
    except OSError as e:
        listening.close()
        raise UsageError(f"port {port} cannot be used ({e.strerror}); choose another with --port, or 0") from e
    return listening
