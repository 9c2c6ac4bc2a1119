const net = require("net");

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  client.on("data", (data) => {
    for (let i = 0; i < data.length; i++) {
      if (data[i] >= 0x61 && data[i] <= 0x7a) data[i] -= 32;
    }
    if (!client.write(data)) {
      client.pause();
      client.once("drain", () => client.resume());
    }
  });
  client.on("end", () => client.end());
  client.on("error", () => client.destroy());
});
server.listen(Number(process.argv[2] || 12000), "0.0.0.0", 511);
