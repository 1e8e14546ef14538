// An echo server on uWebSockets, which Bun has inside.   bun bun_echo.js PORT
Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  fetch(request, server) {
    return server.upgrade(request) ? undefined : new Response("a WebSocket is spoken here");
  },
  websocket: {
    perMessageDeflate: false,
    maxPayloadLength: 16 * 1024 * 1024,
    message: (socket, message) => void socket.send(message),
  },
});
