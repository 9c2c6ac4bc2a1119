// The other side of the network in the tests of io: sockets of a server that the test drives by
// hand, on the same thread as the loop. Ports are chosen by the system. Test code only.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.h"
#include "io/address.h"
#include "io/descriptor.h"
#include "io/peer.h"
#include "io/timer.h"

namespace sockspec::io::test {

// Turns the loop until `done` holds, and asks at least once a millisecond. False when it never did.
bool until(Loop& loop, const std::function<bool()>& done);

// Enough turns for everything that is already on its way.
void turn(Loop& loop);

// The descriptors that this process has open.
std::size_t open_descriptors();

// One connection at the server's side.
class Remote {
 public:
  explicit Remote(Descriptor fd) : fd_(std::move(fd)) {}

  void send(std::string_view bytes);  // all of them: they must fit in the buffers
  std::size_t send_until_full();      // how many the kernel takes
  bool read();                        // takes what is there; true once the connection has ended
  const std::string& received() const { return received_; }
  int error() const { return error_; }  // of the read that ended the connection; 0 for FIN
  void fin();
  void reset();  // RST, by closing
  void close() { fd_.reset(); }
  Address peer() const;
  int fd() const { return fd_.get(); }

 private:
  Descriptor fd_;
  std::string received_;
  int error_ = 0;
};

// A listening TCP socket. Connections wait in its backlog until the test accepts them.
class Listener {
 public:
  explicit Listener(const std::string& host = "127.0.0.1", int receive_buffer = 0,
                    int backlog = 64);

  const Address& address() const { return address_; }
  Remote accept();  // waits for a connection
  bool waiting() const;
  void close() { fd_.reset(); }

 private:
  Address address_;  // before fd_, whose making fills it in
  Descriptor fd_;
};

// An address at which nobody listens.
Address nobody(Transport transport);

// A bound UDP socket.
class DatagramServer {
 public:
  explicit DatagramServer(const std::string& host = "127.0.0.1");

  const Address& address() const { return address_; }
  bool read();  // takes one datagram, if there is one
  const std::vector<std::string>& received() const { return received_; }
  void answer(std::string_view bytes);  // to the sender of the last one
  void send_to(const Address& to, std::string_view bytes);

 private:
  Address address_;  // before fd_, whose making fills it in
  Descriptor fd_;
  Address last_;
  std::vector<std::string> received_;
};

// A peer with its loop, and what it told.
class Client {
 public:
  Client(Transport transport, const Address& target,
         CloseAfterEnd close_after_end = CloseAfterEnd::Fin);
  ~Client() { destroy(); }

  Peer* operator->() { return peer_.get(); }
  Loop& loop() { return loop_; }
  Client& connect(step::Connect options = {});
  void destroy() { peer_.reset(); }

  static step::Connect paused();
  static step::Connect receive_buffer(std::size_t size);
  static step::Connect send_buffer(std::size_t size);

  // "connected sent:5 received:hello ended".
  std::string story() const;
  bool tells(std::string_view word);  // turns the loop until this was told
  const std::string& received() const { return received_; }
  std::size_t sent() const { return sent_; }

 private:
  void take(const decltype(Event::what)& what);
  void add(std::string word) { words_.push_back(std::move(word)); }

  Loop loop_;
  std::unique_ptr<Peer> peer_;
  std::vector<std::string> words_;
  std::string received_;
  std::size_t sent_ = 0;
};

}  // namespace sockspec::io::test
