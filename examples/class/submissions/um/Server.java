public class Server {
    public static void main(String[] arguments) throws Exception {
        ConnectionHandler handler = new ConnectionHandler(12000);
        handler.run();
    }
}
