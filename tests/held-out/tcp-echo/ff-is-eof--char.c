// Wrong: the next character comes back as a char, and the byte 0xFF is then the same as EOF (-1).
// Where: line 37, the type should be int.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct reader { int fd; ssize_t have, pos; char buf[4096]; };

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

char next_char(struct reader *r) {
  if (r->pos == r->have) {
    r->have = recv(r->fd, r->buf, sizeof r->buf, 0);
    r->pos = 0;
    if (r->have <= 0) return EOF;
  }
  return r->buf[r->pos++];
}

void *serve(void *arg) {
  struct reader r = {.fd = (long)arg};
  char out[4096];
  size_t len = 0;
  int c;
  while ((c = next_char(&r)) != EOF) {
    out[len++] = c;
    if (len == sizeof out || r.pos == r.have) {  // nothing left to read: send what we have
      if (send_all(r.fd, out, len) < 0) break;
      len = 0;
    }
  }
  send_all(r.fd, out, len);
  shutdown(r.fd, SHUT_WR);
  while (recv(r.fd, out, sizeof out, 0) > 0) {}
  close(r.fd);
  return NULL;
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int server = make_server(argv[1]);
  for (;;) {
    int fd = accept(server, NULL, NULL), on = 1;
    if (fd < 0) { usleep(10000); continue; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, (void *)(long)fd)) close(fd);
    else pthread_detach(thread);
  }
}
