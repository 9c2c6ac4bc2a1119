// Correct: writes until the socket is full, and goes on when it has drained.
// It must hold every scenario of tcp-chargen.
const net = require('net');

let chars = '';
for (let c = 32; c < 127; c++) chars += String.fromCharCode(c);
chars += chars;

net.createServer({ noDelay: true }, (socket) => {
  let first = 0;
  const fill = () => {
    let more = true;
    while (more && socket.writable) {
      more = socket.write(chars.substr(first, 72) + '\r\n');
      first = (first + 1) % 95;
    }
  };
  socket.on('drain', fill);
  socket.on('error', () => {});
  socket.resume();
  fill();
}).listen(process.argv[2], '127.0.0.1');
