"""Types a line into a real, interactive nu, presses Tab, and prints what nu then shows.

Usage: completion.py NU PLUGIN LINE EXPECTED (ends as soon as EXPECTED is shown; waits a minute at most)
"""

import os
import pty
import re
import select
import signal
import sys
import time

PROMPT_ENDS = b"\x1b]133;B"
QUESTIONS = {b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": b"\x1b[?62;22c"}  # of the terminal: cursor, kind


def read_until(terminal: int, expected: bytes, seconds: float = 60) -> bytes:
    seen = b""
    deadline = time.monotonic() + seconds
    while expected not in seen and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            chunk = os.read(terminal, 1 << 16)
            for question, answer in QUESTIONS.items():
                if question in chunk:
                    os.write(terminal, answer)
            seen += chunk
    return seen


def main() -> None:
    nu, plugin, line, expected = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(nu, [nu, "-n", "--no-std-lib", "--plugins", f"[{plugin}]"])
    try:
        read_until(terminal, PROMPT_ENDS)
        os.write(terminal, line.encode())
        read_until(terminal, line.split()[-1].encode())
        os.write(terminal, b"\t")
        shown = read_until(terminal, expected.encode())
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    print(re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)", b" ", shown).decode(errors="replace"))


if __name__ == "__main__":
    main()
