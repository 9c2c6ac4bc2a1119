// A correct tcp-echo server in Java:  sockspec check tcp-echo -- java Echo.java {port}
import java.io.IOException;
import java.net.*;

class Echo {
  static void serve(Socket socket) {
    try (socket) {  // closes, whatever happens
      socket.setTcpNoDelay(true);  // short answers at once
      socket.getInputStream().transferTo(socket.getOutputStream());  // bytes; a Reader would wait
    } catch (IOException gone) {  // this client is gone; the others are not
    }
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    try (var server = new ServerSocket(port, 128, InetAddress.getByName("127.0.0.1"))) {
      while (true) {
        Socket socket = server.accept();
        new Thread(() -> serve(socket)).start();
      }
    }
  }
}
