// Wrong: an empty datagram gets no answer.
// Where: line 6.
const dgram = require('dgram');

const socket = dgram.createSocket('udp4', (msg, from) => {
  if (!msg.length) return;
  socket.send(msg, from.port, from.address, (err) => {
    if (err) console.log(err.code);
  });
});
socket.on('error', (err) => console.log(err.code));
socket.bind(process.argv[2], '127.0.0.1');
