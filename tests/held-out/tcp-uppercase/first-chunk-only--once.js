// Wrong: the flag for "the header is done" means that only the first chunk is changed.
// Where: line 10.
const net = require('net');

const upper = (buf) => Buffer.from(buf.map((b) => (b >= 97 && b <= 122 ? b - 32 : b)));

net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  let first = true;
  socket.on('data', (chunk) => {
    const more = socket.write(first ? upper(chunk) : chunk);
    first = false;
    if (!more) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
  socket.on('error', (err) => console.log(err.code));
}).listen(process.argv[2], '127.0.0.1');
