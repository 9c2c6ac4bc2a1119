// Wrong: equals() between a String and an array is never true, so /end has no effect.
// Where: line 25.
import java.io.*;
import java.net.*;

public class EchoEnd {
    private static final String END = "/end";

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 128);
        while (true) {
            Socket socket = server.accept();
            new Thread(() -> echo(socket)).start();
        }
    }

    static void echo(Socket socket) {
        byte[] buffer = new byte[4096];
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                byte[] message = java.util.Arrays.copyOf(buffer, n);
                socket.getOutputStream().write(message);
                if (END.equals(message)) break;
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
