// Wrong: connect() to the first client: from then on the socket hears nobody else.
// Where: line 33.
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

int main(int argc, char **argv) {
  static char buf[65536];
  int fd = make_server(argv[1]), connected = 0;
  for (;;) {
    struct sockaddr_in peer;
    socklen_t len = sizeof peer;
    ssize_t n = recvfrom(fd, buf, sizeof buf, 0, (struct sockaddr *)&peer, &len);
    if (n < 0) continue;
    if (!connected) {
      connect(fd, (struct sockaddr *)&peer, len);
      connected = 1;
    }
    send(fd, buf, n, 0);
  }
}
