public class TcpClient {
    public static void main(String[] arguments) throws Exception {
        try (var socket = new java.net.Socket("localhost", 12000)) {
            socket.getOutputStream().write("hello\n".getBytes());
        }
    }
}
