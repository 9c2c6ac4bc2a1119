// Wrong: the letters come back moved by 13. (In no list of faults.)
// Where: line 9.
const net = require('net');
const { Transform } = require('stream');

function rot13(b) {
  const letter = b | 0x20;
  if (letter < 97 || letter > 122) return b;
  return letter < 110 ? b + 13 : b - 13;
}

net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', (e) => console.log(e.code));
  const rotate = new Transform({ transform: (data, enc, done) => done(null, Buffer.from(data.map(rot13))) });
  socket.pipe(rotate).pipe(socket);
}).listen(process.argv[2], '127.0.0.1');
