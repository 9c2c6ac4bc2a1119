// Wrong: answers only whole lines; what comes after the last newline waits for the client's end.
// Where: line 22, flush() is called only there.
import java.io.*;
import java.net.*;

public class UpperCaseServer extends Thread {
    private final Socket s;

    UpperCaseServer(Socket s) {
        this.s = s;
    }

    public void run() {
        try (s) {
            s.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(s.getInputStream());
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            OutputStream out = s.getOutputStream();
            int c;
            while ((c = in.read()) != -1) {
                line.write(c >= 'a' && c <= 'z' ? c - 32 : c);
                if (c == '\n') {
                    line.writeTo(out);
                    line.reset();
                }
            }
            line.writeTo(out);
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    public static void main(String[] args) throws IOException {
        ServerSocket ss = new ServerSocket(Integer.parseInt(args[0]), 128);
        while (true) new UpperCaseServer(ss.accept()).start();
    }
}
