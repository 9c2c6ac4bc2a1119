// Wrong: four threads, and each belongs to one client until it leaves: the fifth waits.
// Where: line 8.
import java.io.*;
import java.net.*;
import java.util.concurrent.*;

class UpperServer {
    private static final ExecutorService pool = Executors.newFixedThreadPool(4);

    public static void main(String[] args) throws IOException {
        ServerSocket listener = new ServerSocket(Integer.parseInt(args[0]), 128);
        while (true) {
            pool.execute(new Capitalizer(listener.accept()));
        }
    }

    private static class Capitalizer implements Runnable {
        private final Socket socket;

        Capitalizer(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void run() {
            try (socket) {
                socket.setTcpNoDelay(true);
                InputStream in = socket.getInputStream();
                byte[] b = new byte[4096];
                for (int n; (n = in.read(b)) > 0; ) {
                    for (int i = 0; i < n; i++) {
                        if (b[i] >= 'a' && b[i] <= 'z') b[i] -= 32;
                    }
                    socket.getOutputStream().write(b, 0, n);
                }
            } catch (IOException e) {
                System.out.println("Error: " + socket);
            }
        }
    }
}
