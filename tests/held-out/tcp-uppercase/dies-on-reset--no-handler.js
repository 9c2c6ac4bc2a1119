// Wrong: no listener for 'error', so the first client that resets ends the whole process.
// Where: line 12, socket.on('error', ...) is missing after it.
const net = require('net');
const { Transform } = require('stream');

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  const upper = new Transform({
    transform(chunk, encoding, callback) {
      callback(null, chunk.map((b) => (b >= 97 && b <= 122 ? b - 32 : b)));
    },
  });
  socket.pipe(upper).pipe(socket);
});
server.listen(process.argv[2], '127.0.0.1', () => console.log('listening'));
