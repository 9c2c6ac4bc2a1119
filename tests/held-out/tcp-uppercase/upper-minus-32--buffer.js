// Wrong: only the lower end of the range is tested, so { | } ~ and all bytes above change too.
// Where: line 9.
const net = require('net');

const server = net.createServer({ allowHalfOpen: true, noDelay: true });
server.on('connection', (s) => {
  s.on('data', (buf) => {
    for (let i = 0; i < buf.length; i++) {
      if (buf[i] >= 'a'.charCodeAt(0)) buf[i] -= 32;
    }
    if (!s.write(buf)) s.pause();
  });
  s.on('drain', () => s.resume());
  s.on('end', () => s.end());
  s.on('error', () => {});
});
server.listen(process.argv[2], '127.0.0.1');
