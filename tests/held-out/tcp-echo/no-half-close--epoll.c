// Wrong: EPOLLRDHUP means that the client has finished sending, not that it is gone; its input is lost.
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
#include <errno.h>
#include <sys/epoll.h>

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

struct conn { int fd; size_t pos, len; char buf[32768]; };

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int server = make_server(argv[1]), ep = epoll_create1(0), on = 1;
  struct epoll_event ev = {.events = EPOLLIN, .data.ptr = NULL}, events[64];
  epoll_ctl(ep, EPOLL_CTL_ADD, server, &ev);
  for (;;) {
    int n = epoll_wait(ep, events, 64, -1);
    for (int i = 0; i < n; i++) {
      struct conn *c = events[i].data.ptr;
      if (c == NULL) {
        int fd = accept(server, NULL, NULL);
        if (fd < 0) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        c = calloc(1, sizeof *c);
        c->fd = fd;
        ev.events = EPOLLIN | EPOLLRDHUP;
        ev.data.ptr = c;
        epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
        continue;
      }
      ssize_t got = 0;
      if (events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
        got = 0;
      } else if (c->pos < c->len) {
        got = send(c->fd, c->buf + c->pos, c->len - c->pos, MSG_DONTWAIT);
        if (got > 0) c->pos += got;
      } else {
        got = recv(c->fd, c->buf, sizeof c->buf, MSG_DONTWAIT);
        if (got > 0) c->pos = 0, c->len = got;
      }
      if (got == 0 || (got < 0 && errno != EAGAIN)) {
        close(c->fd);
        free(c);
        continue;
      }
      ev.events = EPOLLRDHUP | (c->pos < c->len ? EPOLLOUT : EPOLLIN);
      ev.data.ptr = c;
      epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &ev);
    }
  }
}
