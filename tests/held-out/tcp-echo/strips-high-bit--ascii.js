// Wrong: the encoding 'ascii' clears the highest bit of every byte.
// Where: line 9.
const net = require('net');

const server = net.createServer({ allowHalfOpen: true });
server.on('connection', (sock) => {
  sock.setNoDelay(true);
  sock.on('data', (data) => {
    if (!sock.write(data.toString('ascii'))) sock.pause();
  });
  sock.on('drain', () => sock.resume());
  sock.on('end', () => sock.end());
  sock.on('error', (e) => console.error('socket error', e.code));
});
server.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
