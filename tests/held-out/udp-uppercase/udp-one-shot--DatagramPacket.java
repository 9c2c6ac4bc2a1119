// Wrong: answers one datagram, and main is at its end.
// Where: line 9, no loop.
import java.net.*;

public class UpperUDP {
    public static void main(String[] args) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(Integer.parseInt(args[0]))) {
            DatagramPacket p = new DatagramPacket(new byte[65535], 65535);
            socket.receive(p);
            byte[] data = p.getData();
            for (int i = 0; i < p.getLength(); i++) {
                if (data[i] >= 'a' && data[i] <= 'z') data[i] -= 32;
            }
            socket.send(p);
        }
    }
}
