// Wrong: says hello to the client before that one has said anything.
// Where: line 7.
const net = require('net');
const { Transform, pipeline } = require('stream');

net.createServer({ allowHalfOpen: true, noDelay: true }, (c) => {
  c.write('Connected. Send me text!\r\n');
  const upper = new Transform({
    transform(data, enc, cb) {
      cb(null, Buffer.from(data.map((x) => (x > 96 && x < 123 ? x & 0xdf : x))));
    },
  });
  pipeline(c, upper, c, (err) => { if (err) console.log(err.code); });
}).listen(process.argv[2], '127.0.0.1');
