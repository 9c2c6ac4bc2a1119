// Wrong: collects the chunks and answers in the 'end' event, so nothing comes before the client ends.
// Where: line 8.
const net = require('net');

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  const chunks = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('end', () => socket.end(Buffer.concat(chunks)));
  socket.on('error', (err) => console.log(err.message));
});
server.listen(process.argv[2], '127.0.0.1');
