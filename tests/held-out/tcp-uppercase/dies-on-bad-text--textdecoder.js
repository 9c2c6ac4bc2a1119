// Wrong: a TextDecoder that is fatal throws when a chunk is not valid UTF-8, and nobody catches it.
// Where: line 10.
const net = require('net');

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('error', (e) => console.log(e.code));
  socket.on('end', () => socket.end());
  socket.on('drain', () => socket.resume());
  socket.on('data', (data) => {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
    if (!socket.write(text.toUpperCase())) socket.pause();
  });
});
server.listen(process.argv[2], '127.0.0.1');
