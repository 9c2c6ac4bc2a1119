// Wrong: sends only a word, which nobody can read as a date and a time.
// Where: line 8.
const net = require('net');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.resume();
  socket.end('today\r\n');
});
server.listen(process.argv[2], '127.0.0.1');
