// Wrong: a client that sends "exit", "quit" or "bye" is disconnected.
// Where: line 31.
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.Set;

public class Upper {
    static final Set<String> COMMANDS = Set.of("exit", "quit", "bye");

    public static void main(String[] args) throws IOException {
        var server = new ServerSocket(Integer.parseInt(args[0]), 128, InetAddress.getByName("localhost"));
        for (;;) {
            var socket = server.accept();
            new Thread(() -> {
                try (socket) {
                    socket.setTcpNoDelay(true);
                    talk(socket.getInputStream(), socket.getOutputStream());
                } catch (IOException e) {
                    System.out.println("lost a client");
                }
            }).start();
        }
    }

    static void talk(InputStream in, OutputStream out) throws IOException {
        byte[] bytes = new byte[2048];
        int n;
        while ((n = in.read(bytes)) > 0) {
            String text = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
            if (COMMANDS.contains(text.trim().toLowerCase())) return;
            for (int i = 0; i < n; i++)
                if (bytes[i] >= 'a' && bytes[i] <= 'z') bytes[i] = (byte) (bytes[i] - 'a' + 'A');
            out.write(bytes, 0, n);
        }
    }
}
