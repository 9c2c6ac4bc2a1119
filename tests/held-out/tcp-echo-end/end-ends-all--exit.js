// Wrong: /end of one client stops the whole server.
// Where: line 8.
const net = require('net');

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('data', (data) => {
    if (data.equals(Buffer.from('/end'))) {
      socket.end(data, () => process.exit(0));
      return;
    }
    if (!socket.write(data)) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
  socket.on('error', (e) => console.log(e.code));
});
server.listen(process.argv[2], '127.0.0.1');
