// Wrong: every answer begins with "Echo: ".
// Where: line 7.
const net = require('net');

net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  client.on('data', (data) => {
    const more = client.write(Buffer.concat([Buffer.from('Echo: '), data]));
    if (!more) client.pause();
  });
  client.on('drain', () => client.resume());
  client.on('end', () => client.end());
  client.on('error', () => {});
}).listen(+process.argv[2], '127.0.0.1');
