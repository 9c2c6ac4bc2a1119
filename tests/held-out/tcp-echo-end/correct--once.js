// Correct: events; after /end our side is ended, and the client's rest is read and ignored.
// It must hold every scenario of tcp-echo-end.
const net = require('net');

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  let ended = false;
  socket.on('data', (data) => {
    if (ended) return;
    if (data.toString('latin1') === '/end') {
      ended = true;
      socket.end(data);
    } else if (!socket.write(data)) {
      socket.pause();
    }
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
  socket.on('error', (e) => console.log(e.code));
});
server.listen(process.argv[2], '127.0.0.1', 128);
