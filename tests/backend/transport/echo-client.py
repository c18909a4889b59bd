# SPDX-License-Identifier: GPL-3.0-or-later
"""Talks to an echoing WebSocket server with a library that is not ours: echo-client.py URI"""
import asyncio
import sys

import websockets

TEXTS = ["", "hello", "äöü € 😀 漢字", "x" * 125, "x" * 126, "y" * 65535, "é" * 32768]


async def main(uri):
    async with websockets.connect(uri, max_size=None) as socket:  # offers permessage-deflate, which is declined
        assert not socket.extensions, socket.extensions
        for text in TEXTS:
            await socket.send(text)
            assert await socket.recv() == text
        await socket.send(["in ", "three ", "fragments"])
        assert await socket.recv() == "in three fragments"
        await (await socket.ping(b"are you there"))
        for number in range(1000):
            await socket.send(str(number))
        for number in range(1000):
            assert await socket.recv() == str(number)
    assert socket.close_code == 1000, socket.close_code

    async with websockets.connect(uri) as socket:
        await socket.send("z" * 65537)
        try:
            await socket.recv()
            raise AssertionError("a message over the limit was taken")
        except websockets.ConnectionClosed:
            assert socket.close_code == 1009, socket.close_code


asyncio.run(main(sys.argv[1]))
