// Wrong: when the client has ended, the connection is closed although its queue may not be empty.
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
#define QUEUE (1 << 20)

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
char *queue[MAX];
size_t used[MAX];

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int count = 1;
  fds[0] = (struct pollfd){make_server(argv[1]), POLLIN, 0};
  for (;;) {
    poll(fds, count, -1);
    for (int i = count - 1; i > 0; i--) {
      ssize_t n = 1;
      if (fds[i].revents & (POLLIN | POLLHUP | POLLERR)) {
        char *new = queue[i] + used[i];
        n = recv(fds[i].fd, new, QUEUE - used[i], MSG_DONTWAIT);
        for (ssize_t k = 0; k < n; k++) if (new[k] >= 'a' && new[k] <= 'z') new[k] -= 32;
        if (n > 0) used[i] += n;
      } else if (fds[i].revents & POLLOUT) {
        n = send(fds[i].fd, queue[i], used[i], MSG_DONTWAIT);
        if (n > 0) memmove(queue[i], queue[i] + n, used[i] -= n);
      }
      if (n <= 0) {
        close(fds[i].fd);
        free(queue[i]);
        count--;
        fds[i] = fds[count], queue[i] = queue[count], used[i] = used[count];
        continue;
      }
      fds[i].events = (used[i] < QUEUE ? POLLIN : 0) | (used[i] ? POLLOUT : 0);
    }
    if (fds[0].revents && count < MAX) {
      int fd = accept(fds[0].fd, NULL, NULL), on = 1;
      if (fd < 0) continue;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      fds[count] = (struct pollfd){fd, POLLIN, 0};
      queue[count] = malloc(QUEUE);
      used[count++] = 0;
    }
  }
}
