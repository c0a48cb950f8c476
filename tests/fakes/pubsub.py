"""Pub/Sub in fifty lines: topics, pull subscriptions and acknowledgements over its own protobuf messages."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import grpc
from google.protobuf import empty_pb2
from google.pubsub_v1 import types


class PubSubServer:
    """Messages by subscription, until they are acknowledged; what is pulled is not given again."""

    def __init__(self) -> None:
        self.waiting: dict[str, dict[str, types.PubsubMessage]] = defaultdict(dict)
        self.pulled: set[str] = set()
        self._numbers, self._turn = iter(range(1, 1_000_000)), threading.Lock()
        self.subscriptions: set[str] = set()

    def say(self, subscription: str, attributes: Mapping[str, str]) -> None:
        """Put a message there, as a bucket's topic would."""
        with self._turn:
            message = types.PubsubMessage(data=b"{}", attributes=dict(attributes))
            self.subscriptions.add(subscription)
            self.waiting[subscription][str(next(self._numbers))] = message

    def pull(self, request: types.PullRequest, context: grpc.ServicerContext) -> types.PullResponse:
        """What waits and was not given out yet; at once, if there is nothing."""
        if request.subscription not in self.subscriptions:
            context.abort(grpc.StatusCode.NOT_FOUND, "Resource not found")
        with self._turn:
            held = self.waiting[request.subscription].items()
            given = [(name, message) for name, message in held if name not in self.pulled][: request.max_messages]
            self.pulled |= {name for name, _ in given}
        return types.PullResponse(received_messages=[{"ack_id": name, "message": message} for name, message in given])

    def acknowledge(self, request: types.AcknowledgeRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """Forget messages."""
        with self._turn:
            for name in request.ack_ids:
                self.waiting[request.subscription].pop(name, None)
        return empty_pb2.Empty()


def _method(called: Callable[..., Any], request: Any, answer: Callable[[Any], bytes]) -> grpc.RpcMethodHandler:
    return grpc.unary_unary_rpc_method_handler(called, request.deserialize, answer)


@contextmanager
def pubsub() -> Iterator[tuple[PubSubServer, str]]:
    """A server, and the address for PUBSUB_EMULATOR_HOST."""
    fake, server = PubSubServer(), grpc.server(ThreadPoolExecutor(4))
    methods = {
        "Pull": _method(fake.pull, types.PullRequest, types.PullResponse.serialize),
        "Acknowledge": _method(fake.acknowledge, types.AcknowledgeRequest, empty_pb2.Empty.SerializeToString),
    }
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("google.pubsub.v1.Subscriber", methods)])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield fake, f"127.0.0.1:{port}"
    server.stop(0).wait()
