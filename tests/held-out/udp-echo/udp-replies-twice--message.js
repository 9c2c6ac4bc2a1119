// Wrong: the listener is registered twice, so each datagram is answered twice.
// Where: line 14.
const dgram = require('dgram');
const server = dgram.createSocket('udp4');

function echo(msg, rinfo) {
  server.send(msg, rinfo.port, rinfo.address);
}

server.on('message', echo);
server.on('error', (err) => console.log(err.message));
server.on('listening', () => {
  console.log('listening on', server.address().port);
  server.on('message', echo);
});
server.bind(Number(process.argv[2]), '127.0.0.1');
