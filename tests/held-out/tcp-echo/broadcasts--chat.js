// Wrong: a chat server: what one client says goes to all clients.
// Where: line 9.
const net = require('net');
const clients = new Set();

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (me) => {
  clients.add(me);
  me.on('data', (data) => {
    for (const client of clients) client.write(data);
    if (me.writableNeedDrain) me.pause();
  });
  me.on('drain', () => me.resume());
  me.on('end', () => me.end());
  me.on('error', () => {});
  me.on('close', () => clients.delete(me));
});
server.listen(process.argv[2], '127.0.0.1');
