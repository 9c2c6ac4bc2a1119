// Wrong: getData() is the whole array; short datagrams come back with zeros up to 1024 bytes.
// Where: line 12, getLength() is not asked.
import java.net.*;

public class UDPServer {
    public static void main(String[] args) throws Exception {
        DatagramSocket socket = new DatagramSocket(Integer.parseInt(args[0]));
        while (true) {
            byte[] receiveData = new byte[65535];
            DatagramPacket packet = new DatagramPacket(receiveData, receiveData.length);
            socket.receive(packet);
            int size = Math.max(packet.getLength(), 1024);
            socket.send(new DatagramPacket(packet.getData(), size, packet.getAddress(), packet.getPort()));
        }
    }
}
