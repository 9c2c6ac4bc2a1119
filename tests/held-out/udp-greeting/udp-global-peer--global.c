// Wrong: one global address: all waiting datagrams are read first, and then all are answered to the last.
// Where: line 24.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int make_server(char *port) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  if (bind(fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
    perror("server");
    exit(1);
  }
  return fd;
}

struct sockaddr_in peer;
socklen_t peer_len;

int main(int argc, char **argv) {
  static char buf[65536];
  const char *hello = "Hello, UDP Client!";
  int fd = make_server(argv[1]);
  for (;;) {
    int received = 0;
    usleep(5000);
    for (;;) {
      peer_len = sizeof peer;
      if (recvfrom(fd, buf, sizeof buf, MSG_DONTWAIT, (struct sockaddr *)&peer, &peer_len) < 0) break;
      received++;
    }
    while (received-- > 0) sendto(fd, hello, strlen(hello), 0, (struct sockaddr *)&peer, peer_len);
  }
}
