// Wrong: with allowHalfOpen Node does not answer the client's end by itself, and nobody else does.
// Where: line 9, it should call socket.end().
const net = require('net');

const server = net.createServer({ allowHalfOpen: true, noDelay: true });
server.on('connection', (socket) => {
  socket.on('data', (d) => { if (!socket.write(d)) socket.pause(); });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => console.log('client disconnected'));
  socket.on('error', (e) => console.log(e.message));
});
server.listen(parseInt(process.argv[2]), '127.0.0.1');
