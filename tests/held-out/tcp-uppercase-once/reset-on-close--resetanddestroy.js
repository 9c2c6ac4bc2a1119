// Wrong: after the answer the connection is reset instead of ended.
// Where: line 12.
const net = require('net');

const upper = (data) => data.toString('latin1').replace(/[a-z]/g, (c) => c.toUpperCase());

net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('end', () => socket.end());
  socket.once('data', (data) => {
    socket.write(upper(data), 'latin1', () => {
      socket.resetAndDestroy();
    });
  });
}).listen(process.argv[2], '127.0.0.1');
