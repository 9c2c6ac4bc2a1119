// Wrong: one variable for the connection of all clients: answers go to the one that came last.
// Where: line 4, the variable belongs inside the function.
const net = require('net');
let client;

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  client = socket;
  client.on('error', (e) => console.log(e.code));
  client.on('data', (data) => {
    socket.pause();
    if (client.writable) client.write(data, () => socket.resume());
    else socket.resume();
  });
  client.on('end', () => socket.end());
});
server.listen(Number(process.argv[2]), '127.0.0.1');
