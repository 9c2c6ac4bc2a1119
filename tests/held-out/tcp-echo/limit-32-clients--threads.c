// Wrong: a table of 32 clients, and when it is full a new one is accepted but never served.
// Where: line 61.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CLIENTS 32

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

int clients[MAX_CLIENTS];
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void *serve(void *arg) {
  int slot = (long)arg, fd = clients[slot];
  char buf[4096];
  ssize_t n;
  while ((n = recv(fd, buf, sizeof buf, 0)) > 0)
    if (send_all(fd, buf, n) < 0) break;
  pthread_mutex_lock(&lock);
  clients[slot] = 0;
  close(fd);
  pthread_mutex_unlock(&lock);
  return NULL;
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int server = make_server(argv[1]);
  for (;;) {
    int fd = accept(server, NULL, NULL), on = 1;
    if (fd < 0) { usleep(10000); continue; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    pthread_mutex_lock(&lock);
    for (long i = 0; i < MAX_CLIENTS; i++) {
      if (clients[i] == 0) {
        pthread_t thread;
        clients[i] = fd;
        pthread_create(&thread, NULL, serve, (void *)i);
        pthread_detach(thread);
        break;
      }
    }
    pthread_mutex_unlock(&lock);
  }
}
