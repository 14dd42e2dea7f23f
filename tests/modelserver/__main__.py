"""python -m tests.modelserver --port 9999; port 0 takes a free one and prints it."""

import argparse
import asyncio
import signal

from .running import new_loop, serve


async def main(port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(port, stop)


parser = argparse.ArgumentParser(prog="python -m tests.modelserver", description=__doc__)
parser.add_argument("--port", type=int, default=0)
with asyncio.Runner(loop_factory=new_loop) as runner:
    runner.run(main(parser.parse_args().port))
