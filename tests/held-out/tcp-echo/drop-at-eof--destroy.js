// Wrong: at the client's end the socket is destroyed, with everything that was not yet written.
// Where: line 12, it should be end().
const net = require('net');
const LIMIT = 16 * 1024 * 1024;

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('data', (data) => {
    socket.write(data);
    if (socket.writableLength > LIMIT) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.destroy());
  socket.on('error', (err) => console.log(err.code));
});
server.listen(process.argv[2], '127.0.0.1');
