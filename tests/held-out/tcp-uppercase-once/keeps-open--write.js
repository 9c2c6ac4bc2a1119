// Wrong: answers, but does not close the connection.
// Where: line 8, it should be end().
const net = require('net');

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.once('data', (data) => {
    const text = data.map((b) => (b >= 0x61 && b <= 0x7a ? b - 0x20 : b));
    socket.write(text);
  });
  socket.on('end', () => socket.end());
  socket.on('error', (e) => console.log(e.code));
});
server.listen(process.argv[2], '127.0.0.1');
