// Wrong: end() instead of write(): the first answer is also the last.
// Where: line 15.
const net = require('net');

function toUpper(buf) {
  for (let i = 0; i < buf.length; i++) {
    if (buf[i] >= 0x61 && buf[i] <= 0x7a) buf[i] -= 0x20;
  }
  return buf;
}

net.createServer({ allowHalfOpen: true, noDelay: true }, (conn) => {
  conn.on('error', () => {});
  conn.on('data', (data) => {
    if (!conn.writableEnded) conn.end(toUpper(data));
  });
  conn.on('end', () => conn.end());
}).listen(process.argv[2], '127.0.0.1');
