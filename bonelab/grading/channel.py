"""Messages through the wall: JSON with its length in front, a deadline and a largest size.

The other end is in the learner's hands. What comes back is only ever plain data; silence, a flood
or nonsense raises Lost.
"""

import json
import math
import os
import socket
import struct
import time

LARGEST = 25_000_000  # bytes in one message
HEAD = struct.Struct(">Q")


class Lost(BaseException):
    """The learner's side no longer answers. Not an Exception: no check can take it for one."""


class Channel:
    """The grader's end of a socket. ``watch`` is called often: it raises Lost when memory is used
    up, and its ``computed`` says for how many seconds the other side has computed so far."""

    def __init__(self, connection, watch):
        self._socket, self._watch, self._most = connection, watch, math.inf

    def ask(self, request, seconds, computing=math.inf):
        """Send ``request``, return the reply; raises Lost after ``seconds``, however it drips, or
        when the other side has computed for more than ``computing`` seconds by its own clock."""
        number = os.urandom(8).hex()
        deadline = time.monotonic() + seconds
        self._most = self._watch.computed + computing
        try:
            self._send(json.dumps({**request, "number": number}).encode(), deadline)
            (length,) = HEAD.unpack(self._receive(HEAD.size, deadline))
            if length > LARGEST:
                raise Lost("sent too much at once")
            reply = json.loads(self._receive(length, deadline))
            if reply.pop("number") != number:
                raise Lost("sent a message that nobody asked for")
        except TimeoutError:
            raise Lost("did not answer in time") from None
        except OSError:
            raise Lost(self._watch.why_it_ended()) from None
        except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
            raise Lost("sent something unreadable") from None
        return reply

    def close(self):
        self._socket.close()

    def _send(self, content, deadline):
        view = memoryview(HEAD.pack(len(content)) + content)
        while view:
            view = view[self._step(lambda view=view: self._socket.send(view), deadline) :]

    def _receive(self, length, deadline):
        content = bytearray()
        while len(content) < length:
            most = min(length - len(content), 1 << 20)
            piece = self._step(lambda most=most: self._socket.recv(most), deadline)
            if not piece:
                raise Lost(self._watch.why_it_ended())
            content += piece
        return bytes(content)

    def _step(self, action, deadline):
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._watch()
            if self._watch.computed > self._most:
                raise TimeoutError
            self._socket.settimeout(min(left, 0.1))
            try:
                return action()
            except TimeoutError:
                continue


# ---- the learner's side: no deadline, no defence --------------------------------------------


def receive(connection: socket.socket):
    """The next request as a dict, or None when the grader has gone."""
    head = _exactly(connection, HEAD.size)
    return json.loads(_exactly(connection, HEAD.unpack(head)[0])) if head else None


def send(connection: socket.socket, reply):
    content = json.dumps(reply).encode()
    connection.sendall(HEAD.pack(len(content)) + content)


def _exactly(connection, length):
    content = b""
    while len(content) < length:
        piece = connection.recv(length - len(content))
        if not piece:
            return b""
        content += piece
    return content
