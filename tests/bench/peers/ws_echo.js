// The peer of the echo measurement: an echo server on the npm package ws, as its own examples
// write it.   node ws_server.js FOLDER_OF_CLIENTS PORT
"use strict";
const { createRequire } = require("module");
const { WebSocketServer } = createRequire(process.argv[2] + "/")("ws");

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.argv[3]),
  perMessageDeflate: false,
});
server.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
});
