// Wrong: the answer is right, but every byte of it comes twice. (In no list of faults.)
// Where: line 12.
const net = require('net');
const { Transform } = require('stream');

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', () => {});
  const double = new Transform({
    transform(chunk, encoding, done) {
      const out = Buffer.alloc(chunk.length * 2);
      chunk.forEach((b, i) => {
        out.fill(b >= 97 && b <= 122 ? b - 32 : b, 2 * i, 2 * i + 2);
      });
      done(null, out);
    },
  });
  socket.pipe(double).pipe(socket);
});
server.listen(process.argv[2], '127.0.0.1');
