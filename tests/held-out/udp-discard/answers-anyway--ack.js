// Wrong: a discard server should keep quiet, this one confirms what it got.
// Where: line 6.
const dgram = require('dgram');
const server = dgram.createSocket('udp4');
server.on('message', (msg, rinfo) => {
  server.send(msg, rinfo.port, rinfo.address);
});
server.on('error', () => {});
server.bind(Number(process.argv[2]), '127.0.0.1');
