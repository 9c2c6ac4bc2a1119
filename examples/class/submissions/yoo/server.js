const net = require("net");

net.createServer({ allowHalfOpen: true }, (client) => {
  client.on("data", (data) => client.write(data.toString().toUpperCase()));
  client.on("end", () => client.end());
  client.on("error", () => {});
}).listen(12000);
