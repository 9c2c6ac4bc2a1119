// A correct tcp-echo server in Node:  sockspec check tcp-echo -- node echo.js {port}
const net = require('net');

// allowHalfOpen: when the client has finished sending, what is left still goes out before our end.
// noDelay: short answers at once.
const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy()); // without a listener one reset ends the whole server
  socket.pipe(socket); // bytes, not text; stops reading while the client does not read
});
server.listen(Number(process.argv[2]), '127.0.0.1', 128);
