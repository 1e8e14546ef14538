"""Runs a client while dumpcap writes down every packet of its network, as a program that knows
nothing of halfopen sees them: captured.py FOLDER [--seconds N] -- CLIENT … The file in that
folder is named after the host that the client connects to. The client is ended after those seconds."""

import argparse
import os
import signal
import subprocess
import sys
import time

SETTLE = 0.4  # dumpcap hands packets on in batches


def start_capture(file):
    """dumpcap, once it has opened its file and so sees every packet."""
    capture = subprocess.Popen(
        ["dumpcap", "-q", "-P", "-i", "eth0", "-w", file],
        stderr=subprocess.PIPE,
        text=True,
    )
    said = ""
    for line in capture.stderr:
        said += line
        if line.startswith("File:"):
            return capture
    sys.exit("dumpcap: " + said)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("client", nargs="+")
    return parser.parse_args()


def main():
    asked = arguments()
    capture = start_capture(f"{asked.folder}/{os.environ['HALFOPEN_HOST']}.pcap")
    running = subprocess.Popen(asked.client, stdin=subprocess.PIPE)
    time.sleep(asked.seconds)
    running.terminate()
    running.wait()
    time.sleep(SETTLE)
    capture.send_signal(signal.SIGINT)
    capture.communicate()


main()
