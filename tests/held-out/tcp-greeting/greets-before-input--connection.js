// Wrong: greets as soon as the client is there, and does not wait for its first bytes.
// Where: line 7, it belongs into the 'data' event.
const net = require('net');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.end('Hello, Client!');
  socket.resume();
});
server.listen(process.argv[2], '127.0.0.1');
