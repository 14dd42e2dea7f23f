"""python -m tests.modelserver --port 9999; port 0 takes a free one and prints it.

Fine-tuning goes on at each look, `--pace` steps at a time, and goes wrong as
`--tuning-fault` says (tuning.FAULTS).
"""

import argparse
import asyncio
import signal

from .running import new_loop, serve
from .tuning import FAULTS, TuningScript


async def main(port: int, script: TuningScript) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(port, stop, script=script)


parser = argparse.ArgumentParser(prog="python -m tests.modelserver", description=__doc__)
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--pace", type=int, default=10)
parser.add_argument("--tuning-fault", choices=sorted(FAULTS))
given = parser.parse_args()
with asyncio.Runner(loop_factory=new_loop) as runner:
    runner.run(main(given.port, TuningScript(fault=given.tuning_fault, pace=given.pace)))
