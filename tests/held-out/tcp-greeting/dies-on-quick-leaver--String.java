// Wrong: when the client leaves at once, read() returns -1, and the String of -1 bytes throws.
// Where: line 15, the exception is none of IO and ends main.
import java.io.*;
import java.net.*;

public class GreetingServer {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 128);
        byte[] buffer = new byte[1024];
        while (true) {
            Socket client = server.accept();
            try {
                client.setSoTimeout(2000);
                int n = client.getInputStream().read(buffer);
                String message = new String(buffer, 0, n);
                System.out.println("Client: " + message);
                client.getOutputStream().write("Hello, Client!".getBytes());
                client.shutdownOutput();
                while (client.getInputStream().read(buffer) > 0) {}
            } catch (IOException e) {
                System.out.println("Client lost: " + e.getMessage());
            }
            client.close();
        }
    }
}
