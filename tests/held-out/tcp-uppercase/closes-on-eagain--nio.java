// Wrong: a write() that did not take everything (the client reads slowly) is an error, and this client is closed.
// Where: line 62, the rest is not kept for OP_WRITE.
import java.io.IOException;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.util.Iterator;

public class NioUpper {
    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(8192);

    NioUpper(int port) throws IOException {
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress("127.0.0.1", port), 128);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    void run() throws Exception {
        while (true) {
            selector.select();
            Iterator<SelectionKey> it = selector.selectedKeys().iterator();
            while (it.hasNext()) {
                SelectionKey key = it.next();
                it.remove();
                if (!key.isValid()) continue;
                if (key.isAcceptable()) accept();
                else if (key.isReadable()) serve((SocketChannel) key.channel());
            }
        }
    }

    void accept() throws InterruptedException {
        try {
            SocketChannel client = server.accept();
            if (client == null) return;
            try {
                client.configureBlocking(false);
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.register(selector, SelectionKey.OP_READ);
            } catch (IOException e) {
                client.close();
            }
        } catch (IOException e) {
            System.err.println("accept: " + e.getMessage());
            Thread.sleep(10);
        }
    }

    void serve(SocketChannel client) throws IOException {
        try {
            buffer.clear();
            if (client.read(buffer) < 0) {
                client.close();
                return;
            }
            buffer.flip();
            upper();
            client.write(buffer);
            if (buffer.hasRemaining()) throw new IOException("write failed");
        } catch (IOException e) {
            System.err.println("client: " + e.getMessage());
            client.close();
        }
    }

    void upper() {
        for (int i = 0; i < buffer.limit(); i++) {
            byte b = buffer.get(i);
            if (b >= 'a' && b <= 'z') buffer.put(i, (byte) (b - 32));
        }
    }

    public static void main(String[] args) throws Exception {
        new NioUpper(Integer.parseInt(args[0])).run();
    }
}
