// Wrong: EAGAIN from send() (the client reads slowly, the kernel's buffer is full) is taken for a broken connection.
// Where: line 40, the client is closed instead of waiting for EPOLLOUT.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_EVENTS 64

static void set_nonblocking(int fd) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK);
}

static int make_server(char *port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, (struct sockaddr *)&addr, sizeof addr) < 0 || listen(fd, 128) < 0) {
    perror("server");
    exit(1);
  }
  set_nonblocking(fd);
  return fd;
}

static int echo(int fd) {  // -1: this client is finished
  char buf[16384];
  ssize_t n = recv(fd, buf, sizeof buf, 0);
  if (n == 0) return -1;
  if (n < 0) return errno == EAGAIN || errno == EINTR ? 0 : -1;
  for (ssize_t sent = 0, m; sent < n; sent += m) {
    m = send(fd, buf + sent, n - sent, 0);
    if (m < 0) {
      perror("send");
      return -1;
    }
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s port\n", argv[0]);
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  int server = make_server(argv[1]), ep = epoll_create1(0), on = 1;
  struct epoll_event ev = {.events = EPOLLIN, .data.fd = server}, events[MAX_EVENTS];
  epoll_ctl(ep, EPOLL_CTL_ADD, server, &ev);
  for (;;) {
    int count = epoll_wait(ep, events, MAX_EVENTS, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd != server) {
        if (echo(fd) < 0) close(fd);
        continue;
      }
      fd = accept(server, NULL, NULL);
      if (fd < 0) {
        if (errno != EAGAIN) usleep(10000);
        continue;
      }
      set_nonblocking(fd);
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      ev.events = EPOLLIN;
      ev.data.fd = fd;
      if (epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0) close(fd);
    }
  }
}
