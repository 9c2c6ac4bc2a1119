import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;

public class TcpServer {
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReuseAddress(true);
            listener.bind(new java.net.InetSocketAddress(12000), 100);
            while (true) {
                Socket client = listener.accept();
                new Thread(() -> serve(client)).start();
            }
        }
    }

    static void serve(Socket client) {
        byte[] data = new byte[4096];
        try (client; InputStream in = client.getInputStream(); OutputStream out = client.getOutputStream()) {
            client.setTcpNoDelay(true);
            for (int got; (got = in.read(data)) > 0; ) {
                for (int i = 0; i < got; i++) {
                    if (data[i] >= 'a' && data[i] <= 'z') data[i] -= 32;
                }
                out.write(data, 0, got);
            }
        } catch (IOException gone) {
            // the client has gone
        }
    }
}
