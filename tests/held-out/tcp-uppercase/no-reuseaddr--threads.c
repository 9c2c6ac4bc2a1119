// Wrong: SO_REUSEADDR is not set, so the server cannot be started again at once.
// Where: line 40, setsockopt() is missing before it.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <ctype.h>

int send_all(int fd, const char *data, size_t len) {
  while (len > 0) {
    ssize_t n = send(fd, data, len, 0);
    if (n < 0) return -1;
    data += n;
    len -= n;
  }
  return 0;
}

void *serve(void *arg) {
  int fd = (long)arg;
  char buf[4096];
  ssize_t n;
  while ((n = recv(fd, buf, sizeof buf, 0)) > 0) {
    for (ssize_t i = 0; i < n; i++) if (isascii(buf[i])) buf[i] = toupper(buf[i]);
    if (send_all(fd, buf, n) < 0) break;
  }
  close(fd);
  return NULL;
}

int make_server(char *port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_addr.s_addr = htonl(INADDR_ANY);
  if (bind(fd, (struct sockaddr *)&addr, sizeof addr) == -1) {
    perror("bind");
    exit(1);
  }
  listen(fd, 128);
  return fd;
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
