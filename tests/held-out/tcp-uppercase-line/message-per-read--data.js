// Wrong: one 'data' event is taken for one line.
// Where: line 7.
const net = require('net');

net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('data', (chunk) => {
    const line = chunk.toString('latin1').split('\n')[0];
    const upper = line.replace(/[a-z]/g, (c) => c.toUpperCase());
    if (!socket.write(upper + '\n', 'latin1')) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
  socket.on('error', () => {});
}).listen(process.argv[2], '127.0.0.1');
