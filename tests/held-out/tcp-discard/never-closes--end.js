// Wrong: does not end its side when the client has ended.
// Where: line 8.
const net = require('net');

net.createServer({ allowHalfOpen: true }, (socket) => {
  let count = 0;
  socket.on('data', (d) => { count += d.length; });
  socket.on('end', () => console.log(`${count} bytes thrown away`));
  socket.on('error', (e) => console.log(e.code));
}).listen(process.argv[2], '127.0.0.1');
