// Wrong: the end of a client is not answered (no close), and SIGPIPE ends the process.
// Where: lines 31 and 35: no signal(SIGPIPE, SIG_IGN) in main, no close() after the loop.
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

void *serve(void *arg) {
  int fd = (long)arg;
  char buf[1024];
  ssize_t n;
  while ((n = read(fd, buf, sizeof buf)) > 0) {
    for (ssize_t i = 0, sent; i < n; i += sent) {
      sent = write(fd, buf + i, n - i < 256 ? n - i : 256);
      if (sent < 0) break;
    }
  }
  printf("client %d is gone\n", fd);
  return NULL;
}

int main(int argc, char **argv) {
  int server = make_server(argv[1]), on = 1;
  for (;;) {
    int fd = accept(server, NULL, NULL);
    pthread_t t;
    if (fd < 0) { usleep(10000); continue; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    pthread_create(&t, NULL, serve, (void *)(long)fd);
    pthread_detach(t);
  }
}
