// Wrong: one loop for all clients, and it waits in send() until a slow one has taken its answer.
// Where: line 50.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <poll.h>

#define MAX 1000

int make_server(char *port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  if (bind(fd, (struct sockaddr *)&addr, sizeof addr) < 0 || listen(fd, 128) < 0) {
    perror("server");
    exit(1);
  }
  return fd;
}

int send_all(int fd, const char *data, size_t len) {
  while (len > 0) {
    ssize_t n = send(fd, data, len, 0);
    if (n < 0) return -1;
    data += n;
    len -= n;
  }
  return 0;
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  struct pollfd fds[MAX];
  int count = 1, on = 1;
  char buf[8192];
  fds[0] = (struct pollfd){make_server(argv[1]), POLLIN, 0};
  while (poll(fds, count, -1) > 0) {
    for (int i = count - 1; i > 0; i--) {
      if (!fds[i].revents) continue;
      ssize_t n = recv(fds[i].fd, buf, sizeof buf, 0);
      for (int k = 0; k < n; k++)
        if ('a' <= buf[k] && buf[k] <= 'z') buf[k] -= 'a' - 'A';
      if (n <= 0 || send_all(fds[i].fd, buf, n) < 0) {
        close(fds[i].fd);
        fds[i] = fds[--count];
      }
    }
    if (fds[0].revents && count < MAX) {
      int fd = accept(fds[0].fd, NULL, NULL);
      if (fd < 0) continue;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      fds[count++] = (struct pollfd){fd, POLLIN, 0};
    }
  }
}
