// Wrong: trim() takes the spaces off both ends of the line (and the CR).
// Where: line 11.
const net = require('net');

net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  let rest = '';
  socket.setEncoding('latin1');
  socket.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    const answer = lines.map((line) => line.trim() + '\n').join('');
    if (!socket.write(answer, 'latin1')) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
  socket.on('error', (e) => console.log(e.code));
}).listen(process.argv[2], '127.0.0.1');
