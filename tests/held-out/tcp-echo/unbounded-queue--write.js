// Wrong: reads on while the client takes nothing, and keeps all of it in memory.
// Where: line 7, the result of write() is ignored.
const net = require('net');

net.createServer({ allowHalfOpen: true, noDelay: true }, function (socket) {
  socket.on('data', function (data) {
    socket.write(data);
  });
  socket.on('end', function () {
    socket.end();
  });
  socket.on('error', function (err) {
    console.log(err.message);
  });
}).listen(process.argv[2], '127.0.0.1');
