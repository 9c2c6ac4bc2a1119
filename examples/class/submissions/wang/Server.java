import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;

public class Server {
    public static void main(String[] arguments) throws Exception {
        ServerSocket listener = new ServerSocket(12000);
        Socket client = listener.accept();
        InputStream in = client.getInputStream();
        byte[] data = new byte[4096];
        int got;
        while ((got = in.read(data)) > 0) {
            for (int i = 0; i < got; i++) {
                if (data[i] >= 'a' && data[i] <= 'z') data[i] -= 32;
            }
            client.getOutputStream().write(data, 0, got);
        }
        client.close();
    }
}
