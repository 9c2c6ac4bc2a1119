// Wrong: accepts once, serves that client, and then main ends.
// Where: line 10, there is no loop around accept().
import java.io.*;
import java.net.*;

public class SimpleEcho {
    public static void main(String[] args) throws Exception {
        try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 128)) {
            System.out.println("Waiting for a client...");
            Socket client = server.accept();
            client.setTcpNoDelay(true);
            try (client) {
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[8192];
                int length;
                while ((length = in.read(buffer)) > 0) {
                    out.write(buffer, 0, length);
                }
            } catch (IOException e) {
                System.out.println("Client lost: " + e);
            }
        }
    }
}
