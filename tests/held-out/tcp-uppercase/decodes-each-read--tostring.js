// Wrong: each chunk is made a string; a character that is cut in two becomes two U+FFFD.
// Where: line 7, toString() (a StringDecoder would keep the half).
const net = require('net');

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  socket.on('data', (data) => {
    const answer = data.toString().toUpperCase();
    if (!socket.write(answer)) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
  socket.on('error', (e) => console.error(e.message));
});

server.listen(process.argv[2], '127.0.0.1');
