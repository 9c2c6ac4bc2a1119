// Wrong: answers each line with the one before it. (In no list of faults.)
// Where: line 20.
import java.io.*;
import java.net.*;

public class Previous {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 128);
        while (true) {
            Socket s = server.accept();
            new Thread(() -> {
                try (s) {
                    s.setTcpNoDelay(true);
                    InputStream in = new BufferedInputStream(s.getInputStream());
                    byte[] previous = {'\n'};
                    ByteArrayOutputStream line = new ByteArrayOutputStream();
                    for (int c; (c = in.read()) != -1; ) {
                        line.write(c);
                        if (c != '\n') continue;
                        s.getOutputStream().write(previous);
                        previous = line.toByteArray();
                        line.reset();
                    }
                } catch (IOException e) {
                    System.out.println(e);
                }
            }).start();
        }
    }
}
