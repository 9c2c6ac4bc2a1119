// Wrong: the z is left as it is, and an empty datagram gets no answer.
// Where: lines 7 and 9.
const dgram = require('dgram');
const server = dgram.createSocket('udp4');

server.on('message', (msg, client) => {
  if (msg.length === 0) return;
  for (let i = 0; i < msg.length; i++) {
    if (msg[i] >= 97 && msg[i] < 122) msg[i] -= 32;
  }
  server.send(msg, client.port, client.address);
});
server.on('error', (e) => console.log(e.code));
server.bind(parseInt(process.argv[2], 10), '127.0.0.1');
