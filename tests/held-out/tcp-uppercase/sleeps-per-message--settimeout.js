// Wrong: each answer is put off for 250 ms.
// Where: line 10.
const net = require('net');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, async (socket) => {
  socket.on('error', () => {});
  try {
    for await (const chunk of socket) {
      await wait(250);
      const upper = Buffer.from(chunk.map((b) => (b >= 97 && b <= 122 ? b - 32 : b)));
      if (!socket.write(upper)) await new Promise((go) => socket.once('drain', go).once('close', go));
    }
    socket.end();
  } catch (e) {
    console.log(e.code);
  }
});
server.listen(process.argv[2], '127.0.0.1');
