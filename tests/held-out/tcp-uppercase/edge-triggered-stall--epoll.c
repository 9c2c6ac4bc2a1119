// Wrong: edge triggered, but only one read of 512 bytes per event: the rest waits for new input.
// Where: line 32, there is no loop until EAGAIN.
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
#include <sys/epoll.h>

struct client { int fd, ended; size_t len; char out[65536]; };

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

int handle(struct client *c) {  // -1: finished
  if (!c->ended && c->len + 512 <= sizeof c->out) {
    char *in = c->out + c->len;
    ssize_t n = recv(c->fd, in, 512, MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN) return -1;
    if (n == 0) c->ended = 1;
    for (ssize_t i = 0; i < n; i++) if (in[i] >= 'a' && in[i] <= 'z') in[i] -= 32;
    if (n > 0) c->len += n;
  }
  while (c->len > 0) {
    ssize_t n = send(c->fd, c->out, c->len, MSG_DONTWAIT);
    if (n < 0) return errno == EAGAIN ? 0 : -1;
    memmove(c->out, c->out + n, c->len -= n);
  }
  return c->ended ? -1 : 0;
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int server = make_server(argv[1]), ep = epoll_create1(0), on = 1;
  struct epoll_event ev = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(ep, EPOLL_CTL_ADD, server, &ev);
  for (;;) {
    if (epoll_wait(ep, &ev, 1, -1) < 1) continue;
    struct client *c = ev.data.ptr;
    if (c == NULL) {
      int fd = accept(server, NULL, NULL);
      if (fd < 0) continue;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      c = calloc(1, sizeof *c);
      c->fd = fd;
      ev.events = EPOLLIN | EPOLLOUT | EPOLLET;
      ev.data.ptr = c;
      epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
    } else if (handle(c) < 0) {
      close(c->fd);
      free(c);
    }
  }
}
