// Correct: one thread, a Selector, channels that do not block.
// It must hold every scenario of tcp-echo.
import java.io.IOException;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;

public class NioEcho {
    public static void main(String[] args) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 128);
        server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    SocketChannel client = server.accept();
                    if (client == null) continue;
                    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    client.configureBlocking(false);
                    client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(16384));
                } else {
                    try {
                        echo(key, (SocketChannel) key.channel(), (ByteBuffer) key.attachment());
                    } catch (IOException e) {
                        key.channel().close();
                    }
                }
            }
            selector.selectedKeys().clear();
        }
    }

    static void echo(SelectionKey key, SocketChannel client, ByteBuffer buffer) throws IOException {
        if (key.isReadable()) {
            buffer.clear();
            if (client.read(buffer) < 0) {
                client.close();
                return;
            }
            buffer.flip();
        }
        client.write(buffer);
        key.interestOps(buffer.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
}
