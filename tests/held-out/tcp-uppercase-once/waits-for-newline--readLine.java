// Wrong: reads up to a newline, which the client need not send.
// Where: line 18.
import java.io.*;
import java.net.*;

public class Once {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 128);
        while (true) {
            Socket s = server.accept();
            new Thread(() -> {
                try (s) {
                    s.setSoTimeout(5000);
                    ByteArrayOutputStream line = new ByteArrayOutputStream();
                    InputStream in = new BufferedInputStream(s.getInputStream());
                    for (int c = in.read(); c != -1; c = in.read()) {
                        line.write(c >= 'a' && c <= 'z' ? c - 32 : c);
                        if (c == '\n') break;
                    }
                    line.writeTo(s.getOutputStream());
                    s.shutdownOutput();
                    while (in.read() != -1) {}
                } catch (IOException e) {
                    System.out.println(e);
                }
            }).start();
        }
    }
}
