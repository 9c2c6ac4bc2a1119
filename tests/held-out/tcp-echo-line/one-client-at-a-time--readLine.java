// Wrong: the next client is accepted when this one has left.
// Where: line 12, serve() is not started in a thread.
import java.io.*;
import java.net.*;

public class LineServer {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 128);
        while (true) {
            try (Socket s = server.accept()) {
                s.setTcpNoDelay(true);
                serve(s);
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    static void serve(Socket s) throws IOException {
        var in = new BufferedInputStream(s.getInputStream());
        var line = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) >= 0) {
            line.write(b);
            if (b == '\n') {
                line.writeTo(s.getOutputStream());
                line.reset();
            }
        }
    }
}
