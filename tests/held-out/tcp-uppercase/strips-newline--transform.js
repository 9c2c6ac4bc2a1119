// Wrong: a newline at the end of what was read is cut off, to have a clean text.
// Where: line 9.
const net = require('net');
const { Transform } = require('stream');

class Upper extends Transform {
  _transform(data, encoding, done) {
    let text = data.toString('latin1');
    if (text.endsWith('\n')) text = text.slice(0, -1);
    done(null, Buffer.from(text.replace(/[a-z]+/g, (s) => s.toUpperCase()), 'latin1'));
  }
}

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', (err) => console.log('error', err.code));
  socket.pipe(new Upper()).pipe(socket);
});
server.listen(process.argv[2], '127.0.0.1');
