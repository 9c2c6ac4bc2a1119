// Correct: one loop around poll(), sockets that do not block, a buffer for each client.
// It must hold every scenario of tcp-echo.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <errno.h>
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

struct pollfd fds[MAX];
struct buffer { ssize_t pos, len; char bytes[32768]; } *buffers[MAX];

int serve(int fd, struct buffer *b) {  // 0: finished
  ssize_t n;
  if (b->pos < b->len) {
    n = send(fd, b->bytes + b->pos, b->len - b->pos, MSG_DONTWAIT);
    if (n > 0) b->pos += n;
  } else {
    n = recv(fd, b->bytes, sizeof b->bytes, MSG_DONTWAIT);
    if (n > 0) b->pos = 0, b->len = n;
  }
  return n > 0 || (n < 0 && errno == EAGAIN);
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int count = 1, on = 1;
  fds[0] = (struct pollfd){make_server(argv[1]), POLLIN, 0};
  while (poll(fds, count, -1) > 0) {
    for (int i = count - 1; i > 0; i--) {
      if (!fds[i].revents) continue;
      if (serve(fds[i].fd, buffers[i])) {
        fds[i].events = buffers[i]->pos < buffers[i]->len ? POLLOUT : POLLIN;
      } else {
        close(fds[i].fd);
        free(buffers[i]);
        count--;
        fds[i] = fds[count];
        buffers[i] = buffers[count];
      }
    }
    if (fds[0].revents && count < MAX) {
      int fd = accept(fds[0].fd, NULL, NULL);
      if (fd < 0) continue;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      fds[count] = (struct pollfd){fd, POLLIN, 0};
      buffers[count++] = calloc(1, sizeof(struct buffer));
    }
  }
}
